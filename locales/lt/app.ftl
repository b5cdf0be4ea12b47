# What the reset page says from its second step on. These texts travel to the browser, but not
# before they are needed.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.
# The `-any-` texts are shown for every user name alike: they must not tell whether an account exists.

## On the way

# After the user name, which stands before it: the way back to step 1.
not-you = Ne Jūs?
start-again-sure = Jei pradėsite iš naujo, turėsite dar kartą patvirtinti, kad tai Jūs.
start-again-no = Likti čia

## Step 2: gates

gates-title = Patvirtinkite, kad tai Jūs
gates-choose = Pasirinkite patvirtinimo būdą.
# Neutral: some flows end without a new password.
gates-second = Reikia dar vieno patvirtinimo.
gates-position = Patvirtinimas { $current } iš { $total }
gate-mail = Kodas el. paštu
gate-mail-to = Kodą išsiųsime adresu { $address }.
gate-mail-any-to = Jei tokia paskyra yra, kodą išsiųsime visais organizacijoje „{ $tenant }“ jai nurodytais el. pašto adresais.
gate-mail-send = Siųsti kodą
gate-mail-sent = Kodą išsiuntėme adresu { $address }. Gali tekti minutę palaukti.
gate-mail-any-sent = Jei tokia paskyra yra ir jai nurodytas el. pašto adresas, kodą išsiuntėme. Gali tekti minutę palaukti.
gate-mail-resend = Siųsti naują kodą
gate-mail-resent = Naują kodą išsiuntėme { $time }. Galioja tik naujausias kodas.
gate-mail-waiting = Negavote laiško? Patikrinkite, ar jo nėra brukalo aplanke ir ar nurodytas adresas yra Jūsų.
gate-mail-any-waiting = Negavote laiško? Patikrinkite, ar jo nėra brukalo aplanke ir ar teisingai įvedėte naudotojo vardą.
gate-mail-code = Kodas iš el. laiško
gate-authenticator = Autentifikavimo programėlė
gate-authenticator-lead = Atverkite autentifikavimo programėlę ir įveskite joje rodomą organizacijos „{ $tenant }“ kodą.
gate-authenticator-code = Kodas iš programėlės
gate-sms = Kodas SMS žinute
gate-sms-to = Kodą išsiųsime SMS žinute numeriu { $address }.
gate-sms-any-to = Jei tokia paskyra yra, kodą išsiųsime SMS žinute organizacijoje „{ $tenant }“ jai nurodytais numeriais.
gate-sms-sent = Kodą išsiuntėme SMS žinute numeriu { $address }. Gali tekti minutę palaukti.
gate-sms-any-sent = Jei tokia paskyra yra ir jai nurodytas mobiliojo telefono numeris, kodą išsiuntėme SMS žinute. Gali tekti minutę palaukti.
gate-sms-waiting = Negavote SMS žinutės? Patikrinkite, ar nurodytas numeris yra Jūsų ir ar telefonas turi ryšį.
gate-sms-any-waiting = Negavote SMS žinutės? Patikrinkite, ar teisingai įvedėte naudotojo vardą ir ar telefonas turi ryšį.
gate-sms-code = Kodas iš SMS žinutės
gate-voice = Kodas telefono skambučiu
gate-voice-to = Paskambinsime numeriu { $address } ir padiktuosime kodą.
gate-voice-any-to = Jei tokia paskyra yra, paskambinsime organizacijoje „{ $tenant }“ jai nurodytais numeriais ir padiktuosime kodą.
gate-voice-send = Paskambinti man
gate-voice-sent = Skambiname numeriu { $address }. Atsiliepkite ir užsirašykite kodą.
gate-voice-any-sent = Jei tokia paskyra yra ir jai nurodytas telefono numeris, jau skambiname. Atsiliepkite ir užsirašykite kodą.
gate-voice-resend = Paskambinti dar kartą
# Where nobody is told whether the account exists; for every method.
gate-any-resent = Naujo kodo paprašyta { $time }. Galioja tik naujausias kodas.
gate-voice-resent = Dar kartą paskambinome { $time }. Galioja tik naujausias kodas.
gate-voice-waiting = Telefonas neskamba? Patikrinkite, ar nurodytas numeris yra Jūsų ir ar telefonas nenutildytas ir neužimtas.
gate-voice-any-waiting = Telefonas neskamba? Patikrinkite, ar teisingai įvedėte naudotojo vardą ir ar telefonas nenutildytas ir neužimtas.
gate-voice-code = Kodas iš skambučio
gate-passkey = Prieigos raktas
gate-passkey-lead = Pasirinkite prieigos raktą, skirtą organizacijai „{ $tenant }“. Įrenginys paprašys piršto atspaudo, veido atpažinimo arba PIN kodo.
gate-passkey-use = Naudoti prieigos raktą
passkey-old = Ši naršyklė nepalaiko prieigos raktų.
passkey-elsewhere = Prieigos raktai veikia tik pačiame slaptažodžio nustatymo iš naujo puslapyje, ne čia.
passkey-cancelled = Prieigos raktas nepanaudotas. Bandykite dar kartą arba naudokite kitą būdą.
passkey-failed = Prieigos raktas nesuveikė. Bandykite dar kartą arba naudokite kitą būdą.
passkey-reason-wrong-code = { $tries ->
    [one] Šis prieigos raktas nepriimtas. Liko { $tries } bandymas.
    [few] Šis prieigos raktas nepriimtas. Liko { $tries } bandymai.
   *[other] Šis prieigos raktas nepriimtas. Liko { $tries } bandymų.
  }
    .do = Pasirinkite šiai paskyrai skirtą prieigos raktą arba naudokite kitą būdą.
passkey-not-made = Prieigos raktas nepridėtas. Galite bet kada bandyti dar kartą.
passkey-known = Šiame įrenginyje jau yra Jūsų paskyros prieigos raktas.
passkey-reason-method-not-added = Prieigos raktas nepridėtas.
    .do = Pridėkite jį dar kartą.
password-reason-locked = Per daug kartų įvestas neteisingas slaptažodis.
    .do = Vėl bandyti galėsite nuo { $until }. Jei slaptažodį pamiršote, nustatykite jį iš naujo arba kreipkitės į pagalbos tarnybą.
unsent-reason-sent-too-recently = Naujo kodo kol kas išsiųsti negalime.
    .do = Jo galėsite prašyti nuo { $until }. Iki tol naudokite kitą būdą, jei jį turite, arba kreipkitės į pagalbos tarnybą.
unsent-reason-too-many-codes = Išsiųsta per daug kodų.
    .do = Naujo kodo galėsite prašyti nuo { $until }. Iki tol naudokite kitą būdą, jei jį turite, arba kreipkitės į pagalbos tarnybą.
gate-reason-too-many-from-network = Iš Jūsų tinklo buvo per daug bandymų.
    .do = Prieigos raktas, atsarginis kodas ar vienkartinis pagalbos tarnybos kodas tebetinka, jei jį turite. Jei ne, bandykite nuo { $until } arba iš kito tinklo, pavyzdžiui, per mobilųjį ryšį. Jei skubate, kreipkitės į pagalbos tarnybą.
gate-recovery = Atsarginis kodas
gate-recovery-lead = Įveskite vieną iš išsaugotų atsarginių kodų. Kiekvienas kodas tinka vieną kartą.
gate-recovery-code = Jūsų atsarginis kodas
gate-recovery-hint = 16 raidžių ir skaitmenų, pavyzdžiui, 7K3M‑01PQ‑ZX90‑4ABC
gate-pass = Vienkartinis pagalbos tarnybos kodas
gate-pass-lead = Įveskite vienkartinį kodą, kurį gavote iš pagalbos tarnybos.
gate-pass-code = Kodas iš pagalbos tarnybos
gate-pass-hint = 10 raidžių ir skaitmenų, pavyzdžiui, K7QXM‑2P9TR
gate-code-hint = { $digits } skaitmenys
gate-code-until = Galioja iki { $until }.
gate-code-empty = Įveskite kodą.
gate-code-length = Kodą sudaro { $digits } skaitmenys. Patikrinkite jį ir įveskite dar kartą.
gate-code-expired = Šio kodo galiojimas baigėsi. Paprašykite naujo.
# Where another tab of this page asked for a code later: each tab takes its own alone. Shown for every
# user name alike, so it does not say that a code was sent.
gate-other-tab = Kitame skirtuke ar lange { $time } paprašėte naujesnio kodo. Jis galioja tik ten. Čia įveskite kodą, kurio paprašėte { $sent }.
# The time of the code that is right here is not known, or is the same minute.
gate-other-tab-before = Kitame skirtuke ar lange { $time } paprašėte naujesnio kodo. Jis galioja tik ten. Čia įveskite kodą, kurio paprašėte prieš tai.
# The advice before the last attempt, by what comes after it.
last-try-of-code = Atidžiai jį patikrinkite. Jei kodas vėl bus neteisingas, reikės naujo kodo.
last-try-of-flow = Atidžiai jį patikrinkite. Jei kodas vėl bus neteisingas, reikės pradėti iš naujo.
last-try = Atidžiai jį patikrinkite. Jei kodas vėl bus neteisingas, šį būdą galėsite naudoti tik po kurio laiko.
codes-left = { $left ->
    [0] Tai buvo paskutinis atsarginis kodas. Naujų paprašykite pagalbos tarnybos.
    [one] Jums liko { $left } atsarginis kodas.
    [few] Jums liko { $left } atsarginiai kodai.
   *[other] Jums liko { $left } atsarginių kodų.
  }
gate-submit = Tęsti
gates-more = Daugiau būdų
gate-other = Naudoti kitą būdą

## Step 3: the new password

password-title = Pasirinkite naują slaptažodį
password-new = Naujas slaptažodis
password-repeat = Pakartokite naują slaptažodį
password-show = Rodyti
password-hide = Slėpti
password-show-label = Rodyti slaptažodį
password-hide-label = Slėpti slaptažodį
password-submit = Nustatyti naują slaptažodį
caps-lock = Įjungtos didžiosios raidės („Caps Lock“).
password-empty = Įveskite naują slaptažodį.
password-mismatch = Slaptažodžiai nesutampa. Įveskite juos dar kartą.
# Every rule continues this sentence.
password-rules = Naujas slaptažodis turi būti:
rule-length = { $minimum ->
    [one] bent { $minimum } simbolio ilgio
    [few] bent { $minimum } simbolių ilgio
   *[other] bent { $minimum } simbolių ilgio
  }
# In brackets after `rule-length`.
rule-length-so-far = { $length ->
    [one] kol kas { $length }
    [few] kol kas { $length }
   *[other] kol kas { $length }
  }
rule-too-long = { $maximum ->
    [one] ne daugiau kaip { $maximum } simbolio ilgio
    [few] ne daugiau kaip { $maximum } simbolių ilgio
   *[other] ne daugiau kaip { $maximum } simbolių ilgio
  }
rule-characters = be eilučių lūžių, tabuliavimo ir kitų valdymo simbolių
rule-classes = sudarytas bent iš 3 rūšių simbolių: didžiųjų raidžių, mažųjų raidžių, skaitmenų, specialiųjų simbolių
rule-names = be naudotojo vardo ir be Jūsų vardo ar pavardės dalių
# Below the second field, in a list of its own.
rule-match = Slaptažodžiai abiejuose laukuose sutampa
rule-history = { $history ->
    [one] kitoks nei { $history } paskutinis slaptažodis (tikrinama pateikus)
    [few] kitoks nei { $history } paskutiniai slaptažodžiai (tikrinama pateikus)
   *[other] kitoks nei { $history } paskutinių slaptažodžių (tikrinama pateikus)
  }
# The state of a rule, in brackets after it, for screen readers.
rule-kept = atitinka
rule-open = dar neatitinka
rule-broken = neatitinka
rule-too-young = Slaptažodis neseniai pakeistas. Vėl jį pakeisti galėsite nuo { $until }.

## Working, and the end

working-send = Siunčiamas kodas…
working-answer = Tikrinama…
working-passkey = Laukiama prieigos rakto…
working-password = Nustatomas naujas slaptažodis…
working-extend = Prašoma daugiau laiko…
done-title = Naujas slaptažodis nustatytas
done-lead = Organizacija „{ $tenant }“ tai patvirtino. Jau galite prisijungti nauju slaptažodžiu.
done-synchronised = Debesijos paslaugose jis įsigalios maždaug per dvi minutes.
done-at-once = Debesijos paslaugose jis jau galioja.
done-elsewhere = Telefonai ir kiti įrenginiai, kurie dar naudoja senąjį slaptažodį, paprašys naujojo.
sign-in = Prisijungti
done-close = Galite užverti šį puslapį.
start-again = Pradėti iš naujo
check-again = Patikrinti, kas įvyko
reset-there = Nustatyti iš naujo ten
# After more time was asked for.
session-until = Dabar turite laiko iki { $until }.
session-ends = Saugumo sumetimais { $until } šis puslapis grįš į pradžią.
session-extend = Man reikia daugiau laiko

## The other flows

flows-label = Reikia ko nors kito?
gate-password = Dabartinis slaptažodis
gate-password-hint = Net jei jo galiojimas baigėsi arba jį būtina pakeisti
gate-password-empty = Įveskite dabartinį slaptažodį.
user-name-sent-title = Patikrinkite el. paštą
user-name-sent-lead = Jei šis adresas priklauso paskyrai organizacijoje „{ $tenant }“, naudotojo vardą jau išsiuntėme.
not-locked-title = Jūsų paskyra neužrakinta
not-locked-lead = Nieko atrakinti nereikia. Galite prisijungti dabartiniu slaptažodžiu.
not-locked-reset = Pamiršote slaptažodį? Naują galite pasirinkti dabar.
unlocked-title = Jūsų paskyra atrakinta
unlocked-lead = Organizacija „{ $tenant }“ tai patvirtino. Galite prisijungti dabartiniu slaptažodžiu.

## The user's own security methods

methods-title = Jūsų patvirtinimo būdai
methods-own = Jūsų nustatyti būdai
methods-none = Kol kas nė vieno. Pridėkite būdą, kad slaptažodį galėtumėte iš naujo nustatyti net tada, kai negalite skaityti el. pašto.
methods-left = { $left ->
    [0] Kodų nebeliko – sukurkite naujų
    [one] Liko { $left } kodas
    [few] Liko { $left } kodai
   *[other] Liko { $left } kodų
  }
methods-recovery = Atsarginiai kodai
methods-password-hint = Slaptažodis, kuriuo prisijungiate prie kompiuterio
methods-kept = Tvarko organizacija „{ $tenant }“
methods-kept-hint = Jei kas nors čia neteisinga, pagalbos tarnyba gali tai pataisyti.
methods-due = Patikrinkite, ar čia viskas tebėra teisinga.
methods-due-confirm = Taip, viskas teisinga
methods-add-authenticator = Pridėti programėlę
methods-add-recovery = Sukurti atsarginius kodus
methods-add-passkey = Pridėti prieigos raktą
methods-since = Pridėta { $time }
methods-from = Galima naudoti nuo { $time }. Jei reikia anksčiau, kreipkitės į pagalbos tarnybą.
methods-title-passkey = Naujas prieigos raktas
methods-passkey-lead = Prieigos raktą saugo Jūsų įrenginys arba slaptažodžių tvarkytuvė. Jam panaudoti pakanka piršto atspaudo, veido atpažinimo arba įrenginio PIN kodo, todėl nieko nereikia nei įsiminti, nei įvesti.
methods-passkey-use = Tęsti šiame įrenginyje
methods-remove = Pašalinti
methods-remove-sure = Pašalinti šį būdą iš Jūsų paskyros?
methods-remove-yes = Taip, pašalinti
methods-remove-no = Ne, palikti
# Some new methods work only from the next day on (`methods-from`): this must not say “now”.
methods-added = Pridėta prie Jūsų paskyros.
methods-removed = Pašalinta. Šis būdas nebegalioja.
methods-confirmed = Ačiū. Viskas patvirtinta.
# The button that leaves the methods, and the last screen.
methods-done = Baigti
methods-finished-title = Viskas atlikta
methods-finished-lead = Jūsų patvirtinimo būdai sutvarkyti.
# The button to go on was pressed before the codes were copied, saved or printed.
recovery-not-kept = Pirmiausia išsaugokite atsarginius kodus.
    .do = Nukopijuokite, įrašykite arba išspausdinkite juos. Daugiau jie nebus rodomi.
methods-give-up = Atšaukti
methods-not-loaded = Nepavyko įkelti dalies šio puslapio.
    .do = Patikrinkite ryšį ir bandykite dar kartą. Tęsite nuo tos pačios vietos.
methods-title-authenticator = Nauja autentifikavimo programėlė
methods-authenticator-lead = Telefone atverkite autentifikavimo programėlę ir nuskaitykite šį QR kodą.
methods-authenticator-picture = QR kodas autentifikavimo programėlei
methods-authenticator-open = Arba atverti šio įrenginio programėlėje
methods-authenticator-no-picture = Nepavyko įkelti QR kodo. Programėlėje įveskite toliau pateiktą raktą.
methods-authenticator-key = Negalite nuskaityti? Programėlėje įveskite šį raktą:
methods-authenticator-then = Tada įveskite kodą, kurį programėlė rodo organizacijai „{ $tenant }“.
methods-title-recovery = Išsaugokite atsarginius kodus
methods-recovery-lead = Šie kodai pravers, kai negalėsite naudoti kito būdo. Kiekvienas tinka vieną kartą. Laikykite juos ten, kur rasite tik Jūs: daugiau jie nebus rodomi. Kai tęsite, ankstesni kodai nustos galioti.
methods-recovery-file = Atsarginiai kodai organizacijai „{ $tenant }“
methods-kept-them = Kodus išsaugojau
methods-copy = Kopijuoti
methods-copied = Nukopijuota.
methods-not-copied = Automatiškai nukopijuoti nepavyko. Tekstas pažymėtas, todėl galite jį nukopijuoti.
methods-save = Įrašyti į tekstinį failą
methods-saved = Įrašyta. Perkelkite failą į saugią vietą.
methods-print = Spausdinti
done-methods = Kad visada galėtumėte vėl prisijungti:

## When something did not work

unconfirmed = Nepavyko patvirtinti, ar naujas slaptažodis nustatytas.
    .do = Pasirinkite „Patikrinti, kas įvyko“. Jei tai nepadės, pabandykite prisijungti nauju slaptažodžiu.
not-from-agent = Atsakymas atėjo ne iš organizacijos „{ $tenant }“ tinklo, todėl buvo atmestas.
    .do = Bandykite dar kartą. Jei tai pasikartos, praneškite pagalbos tarnybai.
key-not-pinned = Slaptažodžių paslauga turi naują šifravimo raktą, kurio ši svetainė dar nepatvirtino, todėl šis puslapis jai nieko nesiųs.
    .do = Nieko nepakeista. Bandykite dar kartą. Jei tai pasikartos, praneškite pagalbos tarnybai.
key-not-pinned-doubt = Nepavyko patvirtinti, ar naujas slaptažodis nustatytas: slaptažodžių paslauga turi naują šifravimo raktą, kurio ši svetainė dar nepatvirtino.
    .do = Pabandykite prisijungti nauju slaptažodžiu. Jei nepavyks, praneškite pagalbos tarnybai.
unchanged = Nieko nepakeista. Galite dar kartą pasirinkti naują slaptažodį.
