# What the reset page says from its second step on. These texts travel to the browser, but not
# before they are needed.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.

## Step 2: gates

gates-title = Patvirtinkite, kad tai Jūs
gates-choose = Pasirinkite, kaip patvirtinsite, kad tai Jūs.
gates-second = Dar vienas patvirtinimas, ir galėsite pasirinkti naują slaptažodį.
gates-position = { $current } patvirtinimas iš { $total }
gate-mail = Kodas el. paštu
gate-mail-to = Kodą išsiųsime adresu { $address }.
gate-mail-any-to = Jei yra paskyra tokiu naudotojo vardu, kodą išsiųsime visais el. pašto adresais, kurie jai nurodyti organizacijoje „{ $tenant }“.
gate-mail-send = Siųsti kodą
gate-mail-sent = Kodą išsiuntėme adresu { $address }. Jis gali ateiti ne iš karto.
gate-mail-any-sent = Jei tokia paskyra yra ir prie jos nurodytas el. pašto adresas, kodas jau siunčiamas. Jis gali ateiti ne iš karto.
gate-mail-resend = Siųsti naują kodą
gate-mail-waiting = Laiškas dar neatėjo? Patikrinkite šlamšto aplanką ir įsitikinkite, kad pirmiau nurodytas adresas yra Jūsų.
gate-mail-any-waiting = Laiškas dar neatėjo? Patikrinkite šlamšto aplanką ir įsitikinkite, kad teisingai įvedėte naudotojo vardą.
gate-mail-code = Kodas iš el. laiško
gate-authenticator = Autentifikavimo programėlė
gate-authenticator-lead = Atverkite autentifikavimo programėlę ir įveskite joje rodomą organizacijos „{ $tenant }“ kodą.
gate-authenticator-code = Kodas iš programėlės
gate-sms = Kodas SMS žinute
gate-sms-to = Kodą išsiųsime SMS žinute numeriu { $address }.
gate-sms-any-to = Jei yra paskyra tokiu naudotojo vardu, SMS žinutę su kodu išsiųsime numeriais, kurie jai nurodyti organizacijoje „{ $tenant }“.
gate-sms-sent = Kodą išsiuntėme SMS žinute numeriu { $address }. Jis gali ateiti ne iš karto.
gate-sms-any-sent = Jei tokia paskyra yra ir prie jos nurodytas mobiliojo telefono numeris, SMS žinutė su kodu jau siunčiama. Ji gali ateiti ne iš karto.
gate-sms-waiting = SMS žinutė dar neatėjo? Įsitikinkite, kad pirmiau nurodytas numeris yra Jūsų ir kad telefonas turi ryšį.
gate-sms-any-waiting = SMS žinutė dar neatėjo? Įsitikinkite, kad teisingai įvedėte naudotojo vardą ir kad telefonas turi ryšį.
gate-sms-code = Kodas iš SMS žinutės
gate-voice = Kodas telefonu
gate-voice-to = Paskambinsime numeriu { $address } ir pasakysime kodą.
gate-voice-any-to = Jei yra paskyra tokiu naudotojo vardu, paskambinsime numeriais, kurie jai nurodyti organizacijoje „{ $tenant }“, ir pasakysime kodą.
gate-voice-send = Paskambinti man
gate-voice-sent = Skambiname numeriu { $address }. Atsiliepkite ir užsirašykite kodą.
gate-voice-any-sent = Jei tokia paskyra yra ir prie jos nurodytas telefono numeris, dabar skambiname. Atsiliepkite ir užsirašykite kodą.
gate-voice-resend = Paskambinti dar kartą
gate-voice-waiting = Telefonas neskamba? Įsitikinkite, kad pirmiau nurodytas numeris yra Jūsų ir kad telefonas nenutildytas ir neužimtas.
gate-voice-any-waiting = Telefonas neskamba? Įsitikinkite, kad teisingai įvedėte naudotojo vardą ir kad telefonas nenutildytas ir neužimtas.
gate-voice-code = Skambučio metu išgirstas kodas
gate-passkey = Prieigos raktas
gate-passkey-lead = Pasirinkite prieigos raktą, kurį nustatėte organizacijai „{ $tenant }“. Įrenginys paprašys piršto atspaudo, veido arba savo PIN kodo.
gate-passkey-use = Naudoti prieigos raktą
passkey-old = Ši naršyklė nepalaiko prieigos raktų.
passkey-elsewhere = Prieigos raktai veikia tik pačiame slaptažodžio atkūrimo puslapyje, o ne čia.
passkey-cancelled = Prieigos raktas nepanaudotas. Bandykite dar kartą arba pasirinkite kitą būdą.
passkey-failed = Prieigos rakto dabar panaudoti nepavyko. Bandykite dar kartą arba pasirinkite kitą būdą.
passkey-reason-wrong-code = { $tries ->
    [one] Šis prieigos raktas nepriimtas. Jums liko { $tries } bandymas.
    [few] Šis prieigos raktas nepriimtas. Jums liko { $tries } bandymai.
   *[other] Šis prieigos raktas nepriimtas. Jums liko { $tries } bandymų.
  }
    .do = Pasirinkite prieigos raktą, kurį nustatėte šiai paskyrai, arba naudokite kitą būdą.
passkey-not-made = Prieigos raktas nepridėtas. Galite bet kada bandyti dar kartą.
passkey-known = Šis įrenginys jau turi Jūsų paskyros prieigos raktą.
passkey-reason-method-not-added = Prieigos raktas nepridėtas.
    .do = Prašome jį pridėti dar kartą.
password-reason-locked = Neteisingas slaptažodis įvestas per daug kartų.
    .do = Vėl bandyti galėsite { $until }. Jei slaptažodį pamiršote, nustatykite jį iš naujo arba kreipkitės į pagalbos tarnybą.
unsent-reason-sent-too-recently = Naujo kodo kol kas išsiųsti negalima.
    .do = Kodą bus galima išsiųsti: { $until }. Iki tol naudokite kitą būdą, jei jį turite, arba kreipkitės į pagalbos tarnybą.
unsent-reason-too-many-codes = Išsiųsta jau tiek kodų, kad kito kol kas išsiųsti negalima.
    .do = Kodą bus galima išsiųsti: { $until }. Iki tol naudokite kitą būdą, jei jį turite, arba kreipkitės į pagalbos tarnybą.
gate-reason-too-many-from-network = Iš Jūsų tinklo buvo per daug bandymų.
    .do = Prieigos raktas, atsarginis kodas ar pagalbos tarnybos leidimas tebeveikia, jei jį turite. Bandykite vėl { $until } arba iš kito tinklo, pavyzdžiui, per telefono mobilųjį ryšį. Jei reikia skubiai, kreipkitės į pagalbos tarnybą.
unlock-reason-not-locked = Jūsų paskyra neužrakinta.
    .do = Jei negalite prisijungti, paprašykite pagalbos tarnybos naujo slaptažodžio. Kitu atveju tiesiog užverkite šį puslapį.
gate-recovery = Atsarginis kodas
gate-recovery-lead = Įveskite vieną iš savo saugomų atsarginių kodų. Kiekvienas tinka vieną kartą.
gate-recovery-code = Vienas iš Jūsų atsarginių kodų
gate-recovery-hint = 16 raidžių ir skaitmenų, pavyzdžiui, 7K3M‑01PQ‑ZX90‑4ABC
gate-pass = Pagalbos tarnybos leidimas
gate-pass-lead = Įveskite leidimą, kurį Jums davė pagalbos tarnyba. Jis tinka vieną kartą.
gate-pass-code = Leidimas
gate-pass-hint = 10 raidžių ir skaitmenų, pavyzdžiui, K7QXM‑2P9TR
gate-code-hint = { $digits } skaitmenys
gate-code-until = Galioja iki { $until }.
gate-code-empty = Įveskite kodą.
codes-left = { $left ->
    [0] Tai buvo paskutinis Jūsų atsarginis kodas. Naujų paprašykite pagalbos tarnybos.
    [one] Jums liko { $left } atsarginis kodas.
    [few] Jums liko { $left } atsarginiai kodai.
   *[other] Jums liko { $left } atsarginių kodų.
  }
gate-submit = Tęsti
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
password-empty = Įveskite naują slaptažodį.
password-mismatch = Slaptažodžiai nesutampa. Įveskite juos dar kartą.
password-rules = Reikalavimai naujam slaptažodžiui
rule-length = { $minimum ->
    [one] bent { $minimum } simbolis
    [few] bent { $minimum } simboliai
   *[other] bent { $minimum } simbolių
  }
rule-length-so-far = { $length ->
    [one] kol kas { $length }
    [few] kol kas { $length }
   *[other] kol kas { $length }
  }
rule-too-long = { $maximum ->
    [one] ne daugiau kaip { $maximum } simbolis
    [few] ne daugiau kaip { $maximum } simboliai
   *[other] ne daugiau kaip { $maximum } simbolių
  }
rule-characters = be eilučių lūžių, tabuliacijos ir kitų valdymo simbolių
rule-classes = 3 iš šių grupių: didžiosios raidės, mažosios raidės, skaitmenys, specialieji simboliai
rule-names = be Jūsų vardo, pavardės ir naudotojo vardo dalių
rule-match = abiejuose laukuose vienodas
rule-history = { $history ->
    [one] Kitoks nei { $history } paskutinis slaptažodis. Tai tikrinama pateikus.
    [few] Kitoks nei { $history } paskutiniai slaptažodžiai. Tai tikrinama pateikus.
   *[other] Kitoks nei { $history } paskutinių slaptažodžių. Tai tikrinama pateikus.
  }
rule-kept = įvykdyta
rule-open = dar neįvykdyta
rule-too-young = Slaptažodis neseniai keistas. Vėl jį pakeisti bus galima { $until }.

## Working, and the end

working-send = Siunčiamas kodas…
working-answer = Tikrinama…
working-passkey = Laukiama Jūsų prieigos rakto…
working-password = Nustatomas naujas slaptažodis…
working-extend = Prašoma daugiau laiko…
done-title = Naujas slaptažodis nustatytas
done-lead = Organizacija „{ $tenant }“ tai patvirtino. Jau galite prisijungti nauju slaptažodžiu.
done-synchronised = Debesijos paslaugose jis įsigalios maždaug per dvi minutes.
done-at-once = Debesijos paslaugose jis galioja iš karto.
done-elsewhere = Telefonai ir kiti įrenginiai, kurie žino senąjį slaptažodį, paprašys naujojo.
done-close = Galite užverti šį puslapį.
start-again = Pradėti iš naujo
check-again = Patikrinti, kas įvyko
reset-there = Nustatyti ten
session-until = Užbaikite iki { $until }.
session-ends = Jūsų saugumui šis puslapis prasidės iš naujo { $until }.
session-extend = Man reikia daugiau laiko

## The other flows

flows-label = Reikia ko nors kito?
gate-password = Dabartinis slaptažodis
gate-password-hint = Net jei jo galiojimas baigėsi arba jį būtina pakeisti
gate-password-empty = Įveskite dabartinį slaptažodį.
user-name-sent-title = Patikrinkite savo el. paštą
user-name-sent-lead = Jei šis adresas priklauso paskyrai organizacijoje „{ $tenant }“, naudotojo vardas jau siunčiamas.
unlocked-title = Jūsų paskyra atrakinta
unlocked-lead = Organizacija „{ $tenant }“ tai patvirtino. Prisijunkite slaptažodžiu, kurį jau turite.

## One's own methods

methods-title = Kaip galite patvirtinti savo tapatybę
methods-own = Nustatyta Jūsų
methods-none = Kol kas nieko. Turėdami savo būdą, slaptažodį iš naujo nustatysite ir tada, kai negalite skaityti el. pašto.
methods-left = { $left ->
    [0] Kodų nebeliko: sukurkite naujų
    [one] Liko { $left } kodas
    [few] Liko { $left } kodai
   *[other] Liko { $left } kodų
  }
methods-recovery = Atsarginiai kodai
methods-password-hint = Tas, kuriuo prisijungiate prie kompiuterio
methods-kept = Saugo organizacija „{ $tenant }“
methods-kept-hint = Jei kas nors čia neteisinga, pagalbos tarnyba gali tai pataisyti.
methods-due = Patikrinkite, ar visi šie duomenys dar teisingi.
methods-due-confirm = Taip, visi teisingi
methods-add-authenticator = Pridėti autentifikavimo programėlę
methods-add-recovery = Sukurti naujus atsarginius kodus
methods-add-passkey = Pridėti prieigos raktą
methods-since = Pridėta { $time }
methods-from = Pradės veikti { $time }. Jei reikia anksčiau, kreipkitės į pagalbos tarnybą.
methods-title-passkey = Pridėti prieigos raktą
methods-passkey-lead = Prieigos raktą saugo Jūsų įrenginys arba slaptažodžių tvarkytuvė. Jį naudojate piršto atspaudu, veidu arba įrenginio PIN kodu: nieko nereikia nei atsiminti, nei įvesti.
methods-passkey-use = Tęsti šiame įrenginyje
methods-remove = Pašalinti
methods-remove-sure = Pašalinti iš Jūsų paskyros?
methods-remove-yes = Taip, pašalinti
methods-remove-no = Ne, palikti
methods-added = Nustatyta.
methods-removed = Pašalinta ir nebegalioja.
methods-confirmed = Ačiū. Viskas patvirtinta.
methods-give-up = Grįžti nepridėjus
methods-not-loaded = Nepavyko įkelti šio puslapio dalies.
    .do = Patikrinkite ryšį ir bandykite dar kartą. Tęsite nuo tos pačios vietos.
methods-title-authenticator = Autentifikavimo programėlės pridėjimas
methods-authenticator-lead = Telefone atverkite autentifikavimo programėlę ir ja nuskaitykite šį paveikslėlį.
methods-authenticator-picture = QR kodas autentifikavimo programėlei
methods-authenticator-open = Arba atverti programėlėje šiame įrenginyje
methods-authenticator-no-picture = Nepavyko įkelti paveikslėlio. Vietoj jo įveskite programėlėje toliau nurodytą raktą.
methods-authenticator-key = Jei nuskaityti negalite, įveskite programėlėje šį raktą:
methods-authenticator-then = Tada įveskite kodą, kurį programėlė rodo organizacijai „{ $tenant }“.
methods-title-recovery = Išsisaugokite naujus atsarginius kodus
methods-recovery-lead = Kiekvienas kodas tinka vieną kartą, kai po ranka nėra nieko kito. Laikykite juos ten, kur rasite tik Jūs: daugiau jie nebus rodomi. Kai tęsite, ankstesni kodai nustos galioti.
methods-recovery-file = Atsarginiai kodai organizacijai „{ $tenant }“
methods-kept-them = Išsisaugojau juos
methods-copy = Kopijuoti
methods-copied = Nukopijuota.
methods-not-copied = Tekstas pažymėtas: nukopijuokite jį patys.
methods-save = Įrašyti kaip tekstinį failą
methods-saved = Įrašyta. Perkelkite failą į saugią vietą.
methods-print = Spausdinti
done-methods = Kad visada galėtumėte vėl prisijungti:

## When something did not work

unconfirmed = Nepavyko patvirtinti, ar naujas slaptažodis nustatytas.
    .do = Pasirinkite „Patikrinti, kas įvyko“. Jei tai nepadės, pirmiausia pabandykite prisijungti nauju slaptažodžiu.
not-from-agent = Atsakymas atėjo ne iš pačios organizacijos „{ $tenant }“ tinklo, todėl šis puslapis juo nepasitiki.
    .do = Bandykite dar kartą. Jei tai pasikartos, praneškite pagalbos tarnybai.
key-not-pinned = Slaptažodžių paslauga turi naują raktą, kurio ši svetainė dar nepatvirtino, todėl šis puslapis jai nieko nesiunčia.
    .do = Nieko nepakeista. Bandykite dar kartą. Jei tai pasikartos, praneškite pagalbos tarnybai.
key-not-pinned-doubt = Nepavyko patvirtinti, ar naujas slaptažodis nustatytas: slaptažodžių paslauga turi naują raktą, kurio ši svetainė dar nepatvirtino.
    .do = Pirmiausia pabandykite prisijungti nauju slaptažodžiu. Jei nepavyks, praneškite pagalbos tarnybai.
unchanged = Nieko nepakeista. Galite pasirinkti slaptažodį dar kartą.
