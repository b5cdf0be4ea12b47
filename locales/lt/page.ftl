# What the server's pages say. These texts stay on the server.

language-name = Lietuvių
language-label = Kalba
help-label = Pagalba
skip-to-content = Pereiti prie turinio
needs-script-title = Šiam puslapiui reikia „JavaScript“
needs-script = Prieš išsiunčiant slaptažodis užšifruojamas Jūsų naršyklėje. Tam reikia „JavaScript“ ir „WebAssembly“; be jų iš šio puslapio nieko išsiųsti negalima.
    .do = Įjunkite „JavaScript“ arba naudokite naujesnę naršyklę ir įkelkite puslapį iš naujo.
script-failed-title = Nepavyko paleisti šio puslapio
script-failed = Dalis šio puslapio užblokuota, pakeista pakeliui arba jai reikia naujesnės naršyklės. Iš čia nieko išsiųsti negalima.
    .do = Įkelkite puslapį iš naujo arba naudokite naujesnę naršyklę.
helpdesk-lead = Arba kreipkitės į organizacijos „{ $tenant }“ pagalbos tarnybą:
copy = Kopijuoti pagalbos kodą
copied = Nukopijuota
helpdesk-mail = Rašyti pagalbos tarnybai: { $helpdesk }
helpdesk-link = Kreiptis į pagalbos tarnybą
down-title = Šiuo metu neveikia
not-entitled-title = Čia ši paslauga neteikiama
not-found-title = Puslapis nerastas
not-found = Šiuo adresu nieko nėra.
    .do = Patikrinkite adresą arba naudokite nuorodą, kurią gavote iš savo organizacijos.
# Below the address of an organisation, with a button that leads to its reset page.
not-found-home = Grįžkite į organizacijos „{ $tenant }“ slaptažodžio nustatymo iš naujo puslapį.
sandbox-link = Tai bandomoji aplinka. Peržiūrėti jos paskyras ir pašto dėžutę
