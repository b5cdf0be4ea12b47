# What the reset page says from its second step on. These texts travel to the browser, but not
# before they are needed.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.

## Step 2: gates

gates-title = Potrdite, da ste to vi
gates-choose = Izberite, kako boste potrdili, da ste to vi.
gates-second = Še ena potrditev, nato izberete novo geslo.
gates-position = Potrditev { $current } od { $total }
gate-mail = Koda po e-pošti
gate-mail-to = Kodo bomo poslali na naslov { $address }.
gate-mail-any-to = Če račun s tem imenom obstaja, bomo kodo poslali na vse e-poštne naslove, ki jih zanj vodi organizacija { $tenant }.
gate-mail-send = Pošlji kodo
gate-mail-sent = Kodo smo poslali na naslov { $address }. Morda bo prispela šele čez kakšno minuto.
gate-mail-any-sent = Če ta račun obstaja in ima e-poštni naslov, je koda že na poti. Morda bo prispela šele čez kakšno minuto.
gate-mail-resend = Pošlji novo kodo
gate-mail-waiting = Sporočila še ni? Poglejte v mapo z neželeno pošto in preverite, ali je zgornji naslov vaš.
gate-mail-any-waiting = Sporočila še ni? Poglejte v mapo z neželeno pošto in preverite, ali ste pravilno vnesli uporabniško ime.
gate-mail-code = Koda iz e-poštnega sporočila
gate-authenticator = Aplikacija za preverjanje pristnosti
gate-authenticator-lead = Odprite aplikacijo za preverjanje pristnosti in vnesite kodo, ki jo prikazuje za organizacijo { $tenant }.
gate-authenticator-code = Koda iz aplikacije
gate-sms = Koda s sporočilom SMS
gate-sms-to = Kodo bomo poslali s sporočilom SMS na številko { $address }.
gate-sms-any-to = Če račun s tem imenom obstaja, bomo kodo poslali s sporočilom SMS na številke, ki jih zanj vodi organizacija { $tenant }.
gate-sms-sent = Kodo smo poslali s sporočilom SMS na številko { $address }. Morda bo prispela šele čez kakšno minuto.
gate-sms-any-sent = Če ta račun obstaja in ima mobilno številko, je koda s sporočilom SMS že na poti. Morda bo prispela šele čez kakšno minuto.
gate-sms-waiting = Sporočila SMS še ni? Preverite, ali je zgornja številka vaša in ali ima telefon signal.
gate-sms-any-waiting = Sporočila SMS še ni? Preverite, ali ste pravilno vnesli uporabniško ime in ali ima telefon signal.
gate-sms-code = Koda iz sporočila SMS
gate-voice = Koda s telefonskim klicem
gate-voice-to = Poklicali bomo številko { $address } in vam povedali kodo.
gate-voice-any-to = Če račun s tem imenom obstaja, bomo poklicali številke, ki jih zanj vodi organizacija { $tenant }, in vam povedali kodo.
gate-voice-send = Pokličite me
gate-voice-sent = Kličemo številko { $address }. Sprejmite klic in si zapišite kodo.
gate-voice-any-sent = Če ta račun obstaja in ima telefonsko številko, pravkar kličemo. Sprejmite klic in si zapišite kodo.
gate-voice-resend = Pokličite me znova
gate-voice-waiting = Telefon ne zvoni? Preverite, ali je zgornja številka vaša in ali telefon ni utišan ali zaseden.
gate-voice-any-waiting = Telefon ne zvoni? Preverite, ali ste pravilno vnesli uporabniško ime in ali telefon ni utišan ali zaseden.
gate-voice-code = Koda iz klica
gate-passkey = Ključ za dostop
gate-passkey-lead = Izberite ključ za dostop, ki ste ga nastavili za organizacijo { $tenant }. Naprava vas bo prosila za prstni odtis, obraz ali svojo kodo PIN.
gate-passkey-use = Uporabi ključ za dostop
passkey-old = Ta brskalnik ne podpira ključev za dostop.
passkey-elsewhere = Ključi za dostop delujejo le na sami strani za ponastavitev gesla, tukaj ne.
passkey-cancelled = Noben ključ za dostop ni bil uporabljen. Poskusite znova ali uporabite drug način.
passkey-failed = Ključa za dostop trenutno ni mogoče uporabiti. Poskusite znova ali uporabite drug način.
passkey-reason-wrong-code = { $tries ->
    [one] Ta ključ za dostop ni bil sprejet. Na voljo imate še { $tries } poskus.
    [two] Ta ključ za dostop ni bil sprejet. Na voljo imate še { $tries } poskusa.
    [few] Ta ključ za dostop ni bil sprejet. Na voljo imate še { $tries } poskuse.
   *[other] Ta ključ za dostop ni bil sprejet. Na voljo imate še { $tries } poskusov.
  }
    .do = Izberite ključ za dostop, ki ste ga nastavili za ta račun, ali uporabite drug način.
passkey-not-made = Ključ za dostop ni bil dodan. Kadar koli lahko poskusite znova.
passkey-known = Ta naprava že ima ključ za dostop do vašega računa.
passkey-reason-method-not-added = Ključ za dostop ni bil dodan.
    .do = Prosimo, dodajte ga znova.
password-reason-locked = Napačno geslo je bilo vneseno prevečkrat.
    .do = Znova boste lahko poskusili: { $until }. Če ste geslo pozabili, ga raje ponastavite ali se obrnite na službo za pomoč uporabnikom.
unsent-reason-sent-too-recently = Nove kode še ni mogoče poslati.
    .do = Kodo bo mogoče poslati: { $until }. Do takrat uporabite drug način, če ga imate, ali se obrnite na službo za pomoč uporabnikom.
unsent-reason-too-many-codes = Poslali smo že toliko kod, da nove trenutno ni mogoče poslati.
    .do = Kodo bo mogoče poslati: { $until }. Do takrat uporabite drug način, če ga imate, ali se obrnite na službo za pomoč uporabnikom.
gate-reason-too-many-from-network = Iz vašega omrežja je bilo preveč poskusov.
    .do = Ključ za dostop, obnovitvena koda ali prepustnica službe za pomoč še vedno deluje, če jo imate. Znova boste lahko poskusili: { $until }. Lahko poskusite tudi iz drugega omrežja, na primer prek mobilnih podatkov. Če je nujno, se obrnite na službo za pomoč uporabnikom.
unlock-reason-not-locked = Vaš račun ni zaklenjen.
    .do = Če se ne morete prijaviti, službo za pomoč uporabnikom prosite za novo geslo. Sicer stran preprosto zaprite.
gate-recovery = Obnovitvena koda
gate-recovery-lead = Vnesite eno od obnovitvenih kod, ki jih hranite. Vsaka velja enkrat.
gate-recovery-code = Ena od vaših obnovitvenih kod
gate-recovery-hint = 16 črk in števk, na primer 7K3M‑01PQ‑ZX90‑4ABC
gate-pass = Prepustnica službe za pomoč
gate-pass-lead = Vnesite prepustnico, ki ste jo prejeli od službe za pomoč uporabnikom. Velja enkrat.
gate-pass-code = Prepustnica
gate-pass-hint = 10 črk in števk, na primer K7QXM‑2P9TR
gate-code-hint = { $digits } števk
gate-code-until = Velja do { $until }.
gate-code-empty = Vnesite kodo.
codes-left = { $left ->
    [0] To je bila vaša zadnja obnovitvena koda. Za nove prosite službo za pomoč uporabnikom.
    [one] Ostala vam je še { $left } obnovitvena koda.
    [two] Ostali sta vam še { $left } obnovitveni kodi.
    [few] Ostale so vam še { $left } obnovitvene kode.
   *[other] Ostalo vam je še { $left } obnovitvenih kod.
  }
gate-submit = Nadaljuj
gate-other = Uporabi drug način

## Step 3: the new password

password-title = Izberite novo geslo
password-new = Novo geslo
password-repeat = Ponovite novo geslo
password-show = Pokaži
password-hide = Skrij
password-show-label = Pokaži geslo
password-hide-label = Skrij geslo
password-submit = Nastavi novo geslo
password-empty = Vnesite novo geslo.
password-mismatch = Gesli se ne ujemata. Vnesite ju znova.
password-rules = Zahteve za novo geslo
rule-length = { $minimum ->
    [one] vsaj { $minimum } znak
    [two] vsaj { $minimum } znaka
    [few] vsaj { $minimum } znaki
   *[other] vsaj { $minimum } znakov
  }
rule-length-so-far = { $length ->
    [one] doslej { $length }
    [two] doslej { $length }
    [few] doslej { $length }
   *[other] doslej { $length }
  }
rule-too-long = { $maximum ->
    [one] največ { $maximum } znak
    [two] največ { $maximum } znaka
    [few] največ { $maximum } znaki
   *[other] največ { $maximum } znakov
  }
rule-characters = brez prelomov vrstic, tabulatorjev in drugih krmilnih znakov
rule-classes = 3 od teh skupin: velike črke, male črke, števke, simboli
rule-names = brez delov vašega imena in uporabniškega imena
rule-match = enako v obeh poljih
rule-history = { $history ->
    [one] Drugačno kot zadnje { $history } geslo. To se preveri ob oddaji.
    [two] Drugačno kot zadnji { $history } gesli. To se preveri ob oddaji.
    [few] Drugačno kot zadnja { $history } gesla. To se preveri ob oddaji.
   *[other] Drugačno kot zadnjih { $history } gesel. To se preveri ob oddaji.
  }
rule-kept = izpolnjeno
rule-open = še ni izpolnjeno
rule-too-young = Geslo je bilo nedavno spremenjeno. Znova ga bo mogoče spremeniti: { $until }.

## Working, and the end

working-send = Pošiljamo kodo …
working-answer = Preverjamo …
working-passkey = Čakamo na vaš ključ za dostop …
working-password = Nastavljamo novo geslo …
working-extend = Podaljšujemo čas …
done-title = Novo geslo je nastavljeno
done-lead = Organizacija { $tenant } je to potrdila. Zdaj se lahko prijavite z novim geslom.
done-synchronised = V storitvah v oblaku bo veljalo v približno dveh minutah.
done-at-once = V storitvah v oblaku velja takoj.
done-elsewhere = Telefoni in druge naprave, ki poznajo staro geslo, bodo zahtevali novo.
done-close = To stran lahko zaprete.
start-again = Začni znova
check-again = Preveri, kaj se je zgodilo
reset-there = Ponastavi tam
session-until = Končajte do { $until }.
session-ends = Zaradi vaše varnosti se bo ta stran ob { $until } začela znova.
session-extend = Potrebujem več časa

## The other flows

flows-label = Potrebujete kaj drugega?
gate-password = Trenutno geslo
gate-password-hint = Tudi če je poteklo ali ga je treba spremeniti
gate-password-empty = Vnesite trenutno geslo.
user-name-sent-title = Preverite e-pošto
user-name-sent-lead = Če ta naslov pripada računu v organizaciji { $tenant }, je uporabniško ime že na poti.
unlocked-title = Vaš račun je odklenjen
unlocked-lead = Organizacija { $tenant } je to potrdila. Prijavite se z geslom, ki ga že imate.

## One's own methods

methods-title = Kako lahko potrdite, da ste to vi
methods-own = Nastavili ste sami
methods-none = Zaenkrat ničesar. Z lastnim načinom lahko ponastavite geslo tudi takrat, ko ne morete brati e-pošte.
methods-left = { $left ->
    [0] Kod ni več: ustvarite nove
    [one] Ostala je še { $left } koda
    [two] Ostali sta še { $left } kodi
    [few] Ostale so še { $left } kode
   *[other] Ostalo je še { $left } kod
  }
methods-recovery = Obnovitvene kode
methods-password-hint = Tisto, s katerim se prijavljate v računalnik
methods-kept = Vodi organizacija { $tenant }
methods-kept-hint = Če kaj od tega ni pravilno, lahko to popravi služba za pomoč uporabnikom.
methods-due = Preverite, ali vse to še velja.
methods-due-confirm = Da, vse še velja
methods-add-authenticator = Dodaj aplikacijo za preverjanje pristnosti
methods-add-recovery = Ustvari nove obnovitvene kode
methods-add-passkey = Dodaj ključ za dostop
methods-since = Dodano: { $time }
methods-from = Začetek veljavnosti: { $time }. Če to potrebujete prej, se obrnite na službo za pomoč uporabnikom.
methods-title-passkey = Dodajanje ključa za dostop
methods-passkey-lead = Ključ za dostop hrani vaša naprava ali upravitelj gesel. Uporabite ga s prstnim odtisom, obrazom ali kodo PIN naprave: ničesar si ni treba zapomniti in ničesar ni treba vnašati.
methods-passkey-use = Nadaljuj na tej napravi
methods-remove = Odstrani
methods-remove-sure = Odstranim iz vašega računa?
methods-remove-yes = Da, odstrani
methods-remove-no = Ne, obdrži
methods-added = Nastavljeno je.
methods-removed = Odstranjeno je in ne velja več.
methods-confirmed = Hvala. Vse je potrjeno.
methods-give-up = Nazaj brez dodajanja
methods-not-loaded = Dela te strani ni bilo mogoče naložiti.
    .do = Preverite povezavo in poskusite znova. Nadaljevali boste tam, kjer ste ostali.
methods-title-authenticator = Dodajanje aplikacije za preverjanje pristnosti
methods-authenticator-lead = V telefonu odprite aplikacijo za preverjanje pristnosti in z njo preberite to sliko.
methods-authenticator-picture = Koda QR za aplikacijo za preverjanje pristnosti
methods-authenticator-open = Ali odprite v aplikaciji na tej napravi
methods-authenticator-no-picture = Slike ni bilo mogoče naložiti. Namesto tega v aplikacijo vnesite spodnji ključ.
methods-authenticator-key = Če slike ne morete prebrati, v aplikacijo vnesite ta ključ:
methods-authenticator-then = Nato vnesite kodo, ki jo aplikacija prikazuje za organizacijo { $tenant }.
methods-title-recovery = Shranite nove obnovitvene kode
methods-recovery-lead = Vsaka koda velja enkrat, ko nimate pri roki ničesar drugega. Hranite jih tam, kjer jih najdete samo vi: ne bodo več prikazane. Ko nadaljujete, prejšnje kode prenehajo veljati.
methods-recovery-file = Obnovitvene kode za organizacijo { $tenant }
methods-kept-them = Kode so shranjene
methods-copy = Kopiraj
methods-copied = Kopirano.
methods-not-copied = Besedilo je izbrano: kopirajte ga sami.
methods-save = Shrani kot besedilno datoteko
methods-saved = Shranjeno. Datoteko premaknite na varno mesto.
methods-print = Natisni
done-methods = Da se boste vedno lahko vrnili v račun:

## When something did not work

unconfirmed = Ni bilo mogoče potrditi, ali je novo geslo nastavljeno.
    .do = Izberite „Preveri, kaj se je zgodilo“. Če to ne pomaga, se najprej poskusite prijaviti z novim geslom.
not-from-agent = Odgovor ni prišel iz lastnega omrežja organizacije { $tenant }, zato mu ta stran ne zaupa.
    .do = Poskusite znova. Če se bo ponovilo, to sporočite službi za pomoč uporabnikom.
key-not-pinned = Storitev za ponastavitev gesel ima nov ključ, ki ga to spletno mesto še ni odobrilo, zato ji ta stran ničesar ne pošilja.
    .do = Nič ni bilo spremenjeno. Poskusite znova. Če se bo ponovilo, to sporočite službi za pomoč uporabnikom.
key-not-pinned-doubt = Ni bilo mogoče potrditi, ali je novo geslo nastavljeno: storitev za ponastavitev gesel ima nov ključ, ki ga to spletno mesto še ni odobrilo.
    .do = Najprej se poskusite prijaviti z novim geslom. Če to ne uspe, to sporočite službi za pomoč uporabnikom.
unchanged = Nič ni bilo spremenjeno. Geslo lahko izberete znova.
