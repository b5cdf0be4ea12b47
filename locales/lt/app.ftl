# What the reset page says. These texts travel to the browser.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.

page-title = Slaptažodžio nustatymas iš naujo
# The browser tab's title: what is being done, then where.
document-title = { $step } – { $tenant }

## The step indicator

steps-label = Eiga
step-identify = Naudotojo vardas
step-gates = Tapatybė
step-password = Naujas slaptažodis
step-passed = atlikta

## Step 1: who you are

identify-title = Nustatykite slaptažodį iš naujo
identify-lead = Tai, ką įvedate, užšifruojama šioje naršyklėje, o perskaityti gali tik pačios organizacijos „{ $tenant }“ tinklas.
identify-name = Naudotojo vardas
identify-name-hint = Vardas, kuriuo prisijungiate prie kompiuterio
identify-submit = Tęsti
identify-empty = Įveskite naudotojo vardą.

## Step 2: gates

gates-title = Patvirtinkite, kad tai Jūs
gates-choose = Pasirinkite, kaip patvirtinsite, kad tai Jūs.
gates-second = Dar vienas patvirtinimas, ir galėsite pasirinkti naują slaptažodį.
gates-position = { $current } patvirtinimas iš { $total }
gate-mail = Kodas el. paštu
gate-mail-to = Kodą išsiųsime adresu { $address }.
gate-mail-send = Siųsti kodą
gate-mail-sent = Kodą išsiuntėme adresu { $address }. Jis gali ateiti ne iš karto.
gate-mail-resend = Siųsti naują kodą
gate-mail-code = Kodas iš el. laiško
gate-authenticator = Autentifikavimo programėlė
gate-authenticator-lead = Atverkite autentifikavimo programėlę ir įveskite joje rodomą organizacijos „{ $tenant }“ kodą.
gate-authenticator-code = Kodas iš programėlės
gate-code-hint = 6 skaitmenys
gate-code-until = Galioja iki { $until }.
gate-code-empty = Įveskite 6 kodo skaitmenis.
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
rule-classes = 3 iš šių grupių: didžiosios raidės, mažosios raidės, skaitmenys, specialieji simboliai
rule-names = be Jūsų vardo, pavardės ir naudotojo vardo dalių
rule-match = abiejuose laukuose vienodas
rule-on-submit = Ar slaptažodis jau buvo naudotas, tikrinama jį pateikus.
rule-history = { $history ->
    [one] Kitoks nei { $history } paskutinis slaptažodis. Tai tikrinama pateikus.
    [few] Kitoks nei { $history } paskutiniai slaptažodžiai. Tai tikrinama pateikus.
   *[other] Kitoks nei { $history } paskutinių slaptažodžių. Tai tikrinama pateikus.
  }
rule-kept = įvykdyta
rule-open = dar neįvykdyta
rule-too-young = Slaptažodis neseniai keistas. Vėl jį pakeisti bus galima { $until }.

## Working, and the end

working-identify = Ieškoma Jūsų paskyros…
working-send = Siunčiamas kodas…
working-answer = Tikrinamas kodas…
working-password = Nustatomas naujas slaptažodis…
working-resume = Tęsiama nuo ten, kur sustojote…
working-extend = Prašoma daugiau laiko…
done-title = Naujas slaptažodis nustatytas
done-lead = Organizacija „{ $tenant }“ tai patvirtino. Jau galite prisijungti nauju slaptažodžiu.
done-elsewhere = Telefonai ir kiti įrenginiai, kurie žino senąjį slaptažodį, paprašys naujojo.
done-close = Galite užverti šį puslapį.
start-again = Pradėti iš naujo
try-again = Bandyti dar kartą
check-again = Patikrinti, kas įvyko
session-until = Užbaikite iki { $until }.
session-ends = Jūsų saugumui šis puslapis prasidės iš naujo { $until }.
session-extend = Man reikia daugiau laiko

## When something did not work

support-code = Pagalbos kodas { $code }
offline = Šis įrenginys neprisijungęs prie interneto.
    .do = Nieko nepakeista. Patikrinkite ryšį ir bandykite dar kartą.
unconfirmed = Nepavyko patvirtinti, ar naujas slaptažodis nustatytas.
    .do = Pasirinkite „Patikrinti, kas įvyko“. Jei tai nepadės, pirmiausia pabandykite prisijungti nauju slaptažodžiu.
not-from-agent = Atsakymas atėjo ne iš pačios organizacijos „{ $tenant }“ tinklo, todėl šis puslapis juo nepasitiki.
    .do = Bandykite dar kartą. Jei tai pasikartos, praneškite pagalbos tarnybai.
unchanged = Nieko nepakeista. Galite pasirinkti slaptažodį dar kartą.
