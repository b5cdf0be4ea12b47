# What the server's pages say. These texts stay on the server.

language-name = Lietuvių
language-label = Kalba
skip-to-content = Pereiti prie turinio
needs-script-title = Šiam puslapiui reikia „JavaScript“
needs-script = Prieš išsiunčiant slaptažodis užšifruojamas Jūsų naršyklėje, o tam reikia „JavaScript“ ir „WebAssembly“. Be jų iš šio puslapio nieko išsiųsti negalima.
    .do = Įjunkite „JavaScript“ arba naudokite naujesnę naršyklę ir įkelkite puslapį iš naujo.
script-failed-title = Nepavyko paleisti šio puslapio
script-failed = Dalis šio puslapio užblokuota, pakeista pakeliui arba jai reikia naujesnės naršyklės. Iš čia nieko išsiųsti negalima.
    .do = Įkelkite puslapį iš naujo arba naudokite naujesnę naršyklę.
helpdesk-lead = Arba kreipkitės į organizacijos „{ $tenant }“ pagalbos tarnybą:
copy = Kopijuoti pagalbos kodą
copied = Nukopijuota
helpdesk-mail = Rašyti pagalbos tarnybai: { $helpdesk }
helpdesk-link = Kreiptis į pagalbos tarnybą
down-title = Šiuo metu paslauga neveikia
not-entitled-title = Čia paslaugos nėra
not-found-title = Tokio puslapio čia nėra
not-found = Šis adresas čia nepriklauso jokiai organizacijai.
    .do = Patikrinkite adresą arba naudokite nuorodą, kurią gavote iš savo organizacijos.
sandbox-link = Tai bandomoji aplinka. Žiūrėti paskyras ir pašto dėžutę
