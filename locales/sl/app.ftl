# What the reset page says from its second step on. These texts travel to the browser, but not
# before they are needed.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.
# The `-any-` texts are shown for every user name alike: they must not tell whether an account exists.

## On the way

# After the user name, which stands before it: the way back to step 1.
not-you = Niste vi?
start-again-sure = Če začnete znova, boste morali še enkrat potrditi, da ste to vi.
start-again-no = Ostani tukaj

## Step 2: gates

gates-title = Potrdite, da ste to vi
gates-choose = Za nadaljevanje izberite način.
# Neutral: some flows end without a new password.
gates-second = Še ena potrditev, da ste to vi.
gates-position = Potrditev { $current } od { $total }
gate-mail = Koda po e-pošti
gate-mail-to = Kodo bomo poslali na naslov { $address }.
gate-mail-any-to = Če ta račun obstaja, bomo kodo poslali na vse e-poštne naslove, ki jih zanj vodi organizacija { $tenant }.
gate-mail-send = Pošlji kodo
gate-mail-sent = Kodo smo poslali na naslov { $address }. Morda boste nanjo čakali kakšno minuto.
gate-mail-any-sent = Če ta račun obstaja in ima e-poštni naslov, smo kodo poslali. Morda boste nanjo čakali kakšno minuto.
gate-mail-resend = Pošlji novo kodo
gate-mail-resent = Novo kodo smo poslali ob { $time }. Velja samo najnovejša koda.
gate-mail-waiting = Sporočila še ni? Preglejte mapo z neželeno pošto in preverite, ali je zgornji naslov vaš.
gate-mail-any-waiting = Sporočila še ni? Preglejte mapo z neželeno pošto in preverite, ali je uporabniško ime pravilno zapisano.
gate-mail-code = Koda iz e-poštnega sporočila
gate-authenticator = Aplikacija za preverjanje pristnosti
gate-authenticator-lead = Odprite aplikacijo za preverjanje pristnosti in vnesite kodo, ki jo prikazuje za organizacijo { $tenant }.
gate-authenticator-code = Koda iz aplikacije
gate-sms = Koda v sporočilu SMS
gate-sms-to = Kodo bomo poslali v sporočilu SMS na številko { $address }.
gate-sms-any-to = Če ta račun obstaja, bomo kodo poslali v sporočilu SMS na številke, ki jih zanj vodi organizacija { $tenant }.
gate-sms-sent = Kodo smo poslali v sporočilu SMS na številko { $address }. Morda boste nanjo čakali kakšno minuto.
gate-sms-any-sent = Če ta račun obstaja in ima mobilno številko, smo kodo poslali v sporočilu SMS. Morda boste nanjo čakali kakšno minuto.
gate-sms-waiting = Sporočila SMS še ni? Preverite, ali je zgornja številka vaša in ali ima telefon signal.
gate-sms-any-waiting = Sporočila SMS še ni? Preverite, ali je uporabniško ime pravilno zapisano in ali ima telefon signal.
gate-sms-code = Koda iz sporočila SMS
gate-voice = Koda s telefonskim klicem
gate-voice-to = Poklicali bomo številko { $address } in vam prebrali kodo.
gate-voice-any-to = Če ta račun obstaja, bomo poklicali številke, ki jih zanj vodi organizacija { $tenant }, in vam prebrali kodo.
gate-voice-send = Pokliči me
gate-voice-sent = Kličemo številko { $address }. Sprejmite klic in si zapišite kodo.
gate-voice-any-sent = Če ta račun obstaja in ima telefonsko številko, zdaj kličemo. Sprejmite klic in si zapišite kodo.
gate-voice-resend = Pokliči me znova
# Where nobody is told whether the account exists; for every method.
gate-any-resent = Nova koda je bila zahtevana ob { $time }. Velja samo najnovejša.
gate-voice-resent = Znova smo vas poklicali ob { $time }. Velja samo najnovejša koda.
gate-voice-waiting = Klica še ni? Preverite, ali je zgornja številka vaša, in poskrbite, da telefon ni utišan ali zaseden.
gate-voice-any-waiting = Klica še ni? Preverite, ali je uporabniško ime pravilno zapisano, in poskrbite, da telefon ni utišan ali zaseden.
gate-voice-code = Koda iz telefonskega klica
gate-passkey = Ključ za dostop
gate-passkey-lead = Izberite ključ za dostop, ki ste ga nastavili za organizacijo { $tenant }. Naprava bo zahtevala prstni odtis, prepoznavo obraza ali kodo PIN.
gate-passkey-use = Uporabi ključ za dostop
passkey-old = Ta brskalnik ne podpira ključev za dostop.
passkey-elsewhere = Ključi za dostop delujejo le na sami strani za ponastavitev gesla, tukaj pa ne.
passkey-cancelled = Ključ za dostop ni bil uporabljen. Poskusite znova ali uporabite drug način.
passkey-failed = Ključ za dostop ni deloval. Poskusite znova ali uporabite drug način.
passkey-reason-wrong-code = { $tries ->
    [one] Ta ključ za dostop ni bil sprejet. Na voljo imate še { $tries } poskus.
    [two] Ta ključ za dostop ni bil sprejet. Na voljo imate še { $tries } poskusa.
    [few] Ta ključ za dostop ni bil sprejet. Na voljo imate še { $tries } poskuse.
   *[other] Ta ključ za dostop ni bil sprejet. Na voljo imate še { $tries } poskusov.
  }
    .do = Izberite ključ za dostop, ki ste ga nastavili za ta račun, ali uporabite drug način.
passkey-not-made = Ključ za dostop ni bil dodan. Znova lahko poskusite kadar koli.
passkey-known = Ta naprava že ima ključ za dostop do vašega računa.
passkey-reason-method-not-added = Ključ za dostop ni bil dodan.
    .do = Prosimo, dodajte ga znova.
password-reason-locked = Napačno geslo je bilo vneseno prevečkrat.
    .do = Znova lahko poskusite: { $until }. Če ste geslo pozabili, ga raje ponastavite ali se obrnite na službo za pomoč uporabnikom.
unsent-reason-sent-too-recently = Nove kode še ne moremo poslati.
    .do = Zahtevate jo lahko ob { $until }. Do takrat uporabite drug način, če ga imate, ali se obrnite na službo za pomoč uporabnikom.
unsent-reason-too-many-codes = Poslanih je bilo preveč kod.
    .do = Novo lahko zahtevate: { $until }. Do takrat uporabite drug način, če ga imate, ali se obrnite na službo za pomoč uporabnikom.
gate-reason-too-many-from-network = Iz vašega omrežja je bilo preveč poskusov.
    .do = Ključ za dostop, obnovitvena koda ali enkratna koda službe za pomoč uporabnikom še vedno deluje, če jo imate. Sicer uporabite drugo omrežje, na primer mobilne podatke, ali poskusite znova pozneje: { $until }. Če je nujno, se obrnite na službo za pomoč uporabnikom.
gate-recovery = Obnovitvena koda
gate-recovery-lead = Vnesite eno od shranjenih obnovitvenih kod. Vsaka koda velja samo enkrat.
gate-recovery-code = Vaša obnovitvena koda
gate-recovery-hint = 16 črk in števk, na primer 7K3M‑01PQ‑ZX90‑4ABC
gate-pass = Koda službe za pomoč uporabnikom
gate-pass-lead = Vnesite enkratno kodo, ki ste jo prejeli od službe za pomoč uporabnikom.
gate-pass-code = Enkratna koda
gate-pass-hint = 10 črk in števk, na primer K7QXM‑2P9TR
gate-code-hint = { $digits } števk
gate-code-until = Velja do { $until }.
gate-code-empty = Vnesite kodo.
gate-code-length = Koda ima { $digits } števk. Preverite jo in jo znova vnesite.
gate-code-expired = Ta koda je potekla. Zahtevajte novo.
# Where another tab of this page asked for a code later: each tab takes its own alone. Shown for every
# user name alike, so it does not say that a code was sent.
gate-other-tab = Ob { $time } ste v drugem zavihku ali oknu zahtevali novejšo kodo. Velja samo tam. Tukaj vnesite kodo, ki ste jo zahtevali ob { $sent }.
# The time of the code that is right here is not known, or is the same minute.
gate-other-tab-before = Ob { $time } ste v drugem zavihku ali oknu zahtevali novejšo kodo. Velja samo tam. Tukaj vnesite kodo, ki ste jo zahtevali pred tem.
# The advice before the last attempt, by what comes after it.
last-try-of-code = Natančno jo preverite. Če bo spet napačna, boste potrebovali novo kodo.
last-try-of-flow = Natančno jo preverite. Če bo spet napačna, boste morali začeti znova.
last-try = Natančno jo preverite. Če bo spet napačna, boste morali počakati, preden boste lahko uporabili ta način.
codes-left = { $left ->
    [0] To je bila vaša zadnja obnovitvena koda. Za nove se obrnite na službo za pomoč uporabnikom.
    [one] Imate še { $left } obnovitveno kodo.
    [two] Imate še { $left } obnovitveni kodi.
    [few] Imate še { $left } obnovitvene kode.
   *[other] Imate še { $left } obnovitvenih kod.
  }
gate-submit = Nadaljuj
gates-more = Več načinov
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
caps-lock = Tipka Caps Lock je vklopljena.
password-empty = Vnesite novo geslo.
password-mismatch = Gesli se ne ujemata. Vnesite ju znova.
# Every rule continues this sentence.
password-rules = Novo geslo mora:
rule-length = { $minimum ->
    [one] imeti vsaj { $minimum } znak
    [two] imeti vsaj { $minimum } znaka
    [few] imeti vsaj { $minimum } znake
   *[other] imeti vsaj { $minimum } znakov
  }
# In brackets after `rule-length`.
rule-length-so-far = { $length ->
    [one] trenutno { $length }
    [two] trenutno { $length }
    [few] trenutno { $length }
   *[other] trenutno { $length }
  }
rule-too-long = { $maximum ->
    [one] imeti največ { $maximum } znak
    [two] imeti največ { $maximum } znaka
    [few] imeti največ { $maximum } znake
   *[other] imeti največ { $maximum } znakov
  }
rule-characters = biti brez prelomov vrstic, tabulatorjev in drugih krmilnih znakov
rule-classes = vsebovati vsaj 3 od teh skupin: velike črke, male črke, števke, simboli
rule-names = biti brez vašega uporabniškega imena in delov imena ali priimka
# Below the second field, in a list of its own: it does not continue `password-rules`.
rule-match = Gesli v obeh poljih se ujemata
rule-history = { $history ->
    [one] biti drugačno od { $history } zadnjega gesla (preveri se ob oddaji)
    [two] biti drugačno od zadnjih { $history } gesel (preveri se ob oddaji)
    [few] biti drugačno od zadnjih { $history } gesel (preveri se ob oddaji)
   *[other] biti drugačno od zadnjih { $history } gesel (preveri se ob oddaji)
  }
# The state of a rule, in brackets after it, for screen readers.
rule-kept = izpolnjeno
rule-open = še ni izpolnjeno
rule-broken = ni izpolnjeno
rule-too-young = Geslo je bilo nedavno spremenjeno. Znova ga lahko spremenite: { $until }.

## Working, and the end

working-send = Pošiljamo kodo …
working-answer = Preverjamo …
working-passkey = Čakamo na vaš ključ za dostop …
working-password = Nastavljamo novo geslo …
working-extend = Podaljšujemo čas …
done-title = Novo geslo je nastavljeno
done-lead = Organizacija { $tenant } je to potrdila. Zdaj se lahko prijavite z novim geslom.
done-synchronised = V storitvah v oblaku bo začelo veljati v približno dveh minutah.
done-at-once = V storitvah v oblaku velja takoj.
done-elsewhere = Telefoni in druge naprave, ki še uporabljajo staro geslo, bodo zahtevali novo.
sign-in = Prijava
done-close = To stran lahko zaprete.
start-again = Začni znova
check-again = Preveri, kaj se je zgodilo
reset-there = Ponastavi tam
# After more time was asked for.
session-until = Zdaj imate čas do { $until }.
session-ends = Zaradi varnosti se bo ta stran ob { $until } vrnila na začetek.
session-extend = Potrebujem več časa

## The other flows

flows-label = Potrebujete kaj drugega?
gate-password = Trenutno geslo
gate-password-hint = Tudi če je poteklo ali ga je treba spremeniti
gate-password-empty = Vnesite trenutno geslo.
user-name-sent-title = Preverite e-pošto
user-name-sent-lead = Če ta naslov pripada računu v organizaciji { $tenant }, smo nanj poslali uporabniško ime.
not-locked-title = Vaš račun ni zaklenjen
not-locked-lead = Ničesar ni treba odkleniti. Prijavite se lahko s trenutnim geslom.
not-locked-reset = Ste geslo pozabili? Zdaj lahko izberete novo.
unlocked-title = Vaš račun je odklenjen
unlocked-lead = Organizacija { $tenant } je to potrdila. Prijavite se lahko s trenutnim geslom.

## The user's own security methods

methods-title = Vaši načini preverjanja
methods-own = Nastavili ste sami
methods-none = Za zdaj še nič. Dodajte način preverjanja, da boste lahko ponastavili geslo tudi takrat, ko nimate dostopa do e-pošte.
methods-left = { $left ->
    [0] Kod ni več – ustvarite nove
    [one] Na voljo še { $left } koda
    [two] Na voljo še { $left } kodi
    [few] Na voljo še { $left } kode
   *[other] Na voljo še { $left } kod
  }
methods-recovery = Obnovitvene kode
methods-password-hint = Geslo, s katerim se prijavljate v računalnik
methods-kept = Upravlja organizacija { $tenant }
methods-kept-hint = Če je tukaj kaj narobe, lahko to popravi služba za pomoč uporabnikom.
methods-due = Prosimo, preverite, ali je tukaj še vse pravilno.
methods-due-confirm = Da, vse je pravilno
methods-add-authenticator = Dodaj aplikacijo s kodami
methods-add-recovery = Ustvari obnovitvene kode
methods-add-passkey = Dodaj ključ za dostop
methods-since = Dodano: { $time }
methods-from = Začne veljati: { $time }. Če to potrebujete prej, se obrnite na službo za pomoč uporabnikom.
methods-title-passkey = Dodajanje ključa za dostop
methods-passkey-lead = Ključ za dostop shrani vaša naprava ali upravitelj gesel. Uporabite ga s prstnim odtisom, prepoznavo obraza ali kodo PIN naprave, zato si ni treba ničesar zapomniti ali vnašati.
methods-passkey-use = Nadaljuj na tej napravi
methods-remove = Odstrani
methods-remove-sure = Želite ta način odstraniti iz računa?
methods-remove-yes = Da, odstrani
methods-remove-no = Ne, obdrži
# Some new methods work only from the next day on (`methods-from`): this must not say “now”.
methods-added = Dodano vašemu računu.
methods-removed = Odstranjeno. Ne deluje več.
methods-confirmed = Hvala. Vse je potrjeno.
# The button that leaves the methods, and the last screen.
methods-done = Končano
methods-finished-title = Vse je urejeno
methods-finished-lead = Vaši načini preverjanja so posodobljeni.
# The button to go on was pressed before the codes were copied, saved or printed.
recovery-not-kept = Najprej shranite obnovitvene kode.
    .do = Kopirajte jih, shranite ali natisnite. Pozneje ne bodo več prikazane.
methods-give-up = Prekliči
methods-not-loaded = Dela te strani ni bilo mogoče naložiti.
    .do = Preverite povezavo in poskusite znova. Nadaljevali boste, kjer ste ostali.
methods-title-authenticator = Dodajanje aplikacije s kodami
methods-authenticator-lead = V telefonu odprite aplikacijo za preverjanje pristnosti in z njo optično preberite to kodo QR.
methods-authenticator-picture = Koda QR za aplikacijo za preverjanje pristnosti
methods-authenticator-open = Ali odpri v aplikaciji na tej napravi
methods-authenticator-no-picture = Kode QR ni bilo mogoče naložiti. Namesto tega v aplikacijo vnesite spodnji ključ.
methods-authenticator-key = Kode QR ne morete prebrati? V aplikacijo vnesite ta ključ:
methods-authenticator-then = Nato vnesite kodo, ki jo aplikacija prikazuje za organizacijo { $tenant }.
methods-title-recovery = Shranite obnovitvene kode
methods-recovery-lead = Uporabite jih, ko drugega načina ne morete uporabiti. Vsaka koda velja samo enkrat. Hranite jih tam, kjer jih lahko najdete samo vi: ne bodo več prikazane. Ko nadaljujete, morebitne starejše kode prenehajo veljati.
methods-recovery-file = Obnovitvene kode za organizacijo { $tenant }
methods-kept-them = Kode so shranjene
methods-copy = Kopiraj
methods-copied = Kopirano.
methods-not-copied = Samodejno kopiranje ni uspelo. Besedilo je izbrano in pripravljeno za kopiranje.
methods-save = Shrani v datoteko
methods-saved = Shranjeno. Datoteko premaknite na varno mesto.
methods-print = Natisni
done-methods = Da boste vedno lahko dostopali do računa:

## When something did not work

unconfirmed = Nismo mogli potrditi, ali je novo geslo nastavljeno.
    .do = Izberite »Preveri, kaj se je zgodilo«. Če to ne pomaga, se poskusite prijaviti z novim geslom.
not-from-agent = Odgovor ni prišel iz omrežja organizacije { $tenant }, zato je bil zavrnjen.
    .do = Poskusite znova. Če se to ponovi, obvestite službo za pomoč uporabnikom.
key-not-pinned = Storitev za ponastavitev gesel ima nov šifrirni ključ, ki ga to spletno mesto še ni odobrilo, zato ji ta stran ne bo ničesar poslala.
    .do = Nič ni bilo spremenjeno. Poskusite znova. Če se to ponovi, obvestite službo za pomoč uporabnikom.
key-not-pinned-doubt = Nismo mogli potrditi, ali je novo geslo nastavljeno: storitev za ponastavitev gesel ima nov šifrirni ključ, ki ga to spletno mesto še ni odobrilo.
    .do = Poskusite se prijaviti z novim geslom. Če to ne uspe, obvestite službo za pomoč uporabnikom.
unchanged = Nič ni bilo spremenjeno. Novo geslo lahko izberete znova.
