# Every reason: what happened and, in its attribute, what to do. These texts travel to the browser.
# Keys are `reason-` (from the agent) or `problem-` (from the portal) and the stable code.

reason-user-not-found = Paskyros su tokiu naudotojo vardu nėra.
    .do = Patikrinkite, ar vardas parašytas teisingai, ir bandykite dar kartą.
reason-account-ambiguous = Šis naudotojo vardas priklauso kelioms paskyroms.
    .do = Įveskite jį kartu su savo organizacijos domenu, pavyzdžiui, anna@contoso.example.
reason-account-disabled = Ši paskyra išjungta.
    .do = Ją įjungti gali tik pagalbos tarnyba.
reason-account-expired = Šios paskyros galiojimas baigėsi.
    .do = Paprašykite pagalbos tarnybos jį pratęsti.
reason-account-protected = Ši paskyra ypač saugoma, todėl čia jos keisti negalima.
    .do = Kreipkitės į administratorių.
reason-too-few-gates = Prie Jūsų paskyros nurodyta per mažai būdų patvirtinti, kad tai Jūs.
    .do = Paprašykite pagalbos tarnybos prie paskyros pridėti el. pašto adresą, telefono numerį arba autentifikavimo programėlę. Per pastarąsias 24 valandas pridėtas būdas gali dar neveikti.
reason-wrong-code = { $tries ->
    [one] Kodas neteisingas. Jums liko { $tries } bandymas.
    [few] Kodas neteisingas. Jums liko { $tries } bandymai.
   *[other] Kodas neteisingas. Jums liko { $tries } bandymų.
  }
    .do = Patikrinkite kodą ir įveskite jį dar kartą.
reason-code-expired = Šis kodas nebegalioja.
    .do = Paprašykite naujo kodo ir panaudokite jį per kelias minutes.
reason-code-used = Šis kodas jau panaudotas.
    .do = Įveskite dar nepanaudotą kodą: kitą iš eilės arba kitą iš savo turimų.
reason-locked = Šiai paskyrai įvesta per daug neteisingų kodų.
    .do = Kiti patvirtinimo būdai tebeveikia. Jei kito neturite, vėl bandyti galėsite { $until }. Jei reikia skubiai, kreipkitės į pagalbos tarnybą.
reason-too-many-codes = Išsiųsta jau tiek kodų, kad kito kol kas išsiųsti negalima.
    .do = Paskutinis kodas tinka, kol galioja. Naują bus galima išsiųsti: { $until }. Iki tol naudokite kitą būdą, jei jį turite, arba kreipkitės į pagalbos tarnybą.
reason-sent-too-recently = Naujo kodo kol kas išsiųsti negalima.
    .do = Paskutinis išsiųstas kodas tinka, kol galioja. Naujo galėsite prašyti nuo { $until }.
reason-code-not-sent = Šiuo būdu kodo dabar išsiųsti negalima.
    .do = Bandykite dar kartą po kelių minučių arba naudokite kitą būdą, jei jį turite. Jei reikia skubiai, kreipkitės į pagalbos tarnybą.
reason-flow-expired = Praėjo per daug laiko arba Jūsų paskyroje per tą laiką kas nors pasikeitė, todėl viskas pradedama iš naujo.
    .do = Šis puslapis nieko nepakeitė. Pradėkite iš naujo.
reason-message-expired = Jūsų užklausa atėjo per vėlai ir nebuvo įvykdyta.
    .do = Nieko nepakeista. Bandykite dar kartą.
reason-version-mismatch = Šis puslapis pasenęs.
    .do = Nieko nepakeista. Įkelkite puslapį iš naujo ir bandykite dar kartą.
reason-in-doubt = Nepavyko patvirtinti, ar naujas slaptažodis nustatytas.
    .do = Pirmiausia pabandykite prisijungti nauju slaptažodžiu. Jei jis nebus priimtas, pradėkite iš naujo.
reason-too-short = { $minimum ->
    [one] Slaptažodyje turi būti bent { $minimum } simbolis; šiame yra { $length }.
    [few] Slaptažodyje turi būti bent { $minimum } simboliai; šiame yra { $length }.
   *[other] Slaptažodyje turi būti bent { $minimum } simbolių; šiame yra { $length }.
  }
    .do = Pridėkite žodį ar du.
reason-too-long = { $maximum ->
    [one] Slaptažodyje gali būti ne daugiau kaip { $maximum } simbolis; šiame yra { $length }.
    [few] Slaptažodyje gali būti ne daugiau kaip { $maximum } simboliai; šiame yra { $length }.
   *[other] Slaptažodyje gali būti ne daugiau kaip { $maximum } simbolių; šiame yra { $length }.
  }
    .do = Pasirinkite trumpesnį.
reason-too-few-classes = { $needed ->
    [one] Slaptažodyje turi būti { $needed } simbolių rūšis; šiame yra { $found }.
    [few] Slaptažodyje turi būti { $needed } simbolių rūšys; šiame yra { $found }.
   *[other] Slaptažodyje turi būti { $needed } simbolių rūšių; šiame yra { $found }.
  }
    .do = Derinkite didžiąsias raides, mažąsias raides, skaitmenis ir specialiuosius simbolius.
reason-contains-account-name = Slaptažodyje yra Jūsų naudotojo vardas.
    .do = Pasirinkite slaptažodį be naudotojo vardo.
reason-contains-display-name = Slaptažodyje yra dalis Jūsų vardo ar pavardės.
    .do = Pasirinkite slaptažodį be vardo ir pavardės.
reason-forbidden-character = Slaptažodyje yra simbolis, kurio slaptažodžiuose naudoti negalima.
    .do = Užuot įklijavę, įveskite slaptažodį klaviatūra.
reason-used-before = { $remembered ->
    [0] Šis slaptažodis jau buvo naudotas.
    [one] Šis slaptažodis jau buvo naudotas: įsimenamas { $remembered } paskutinis slaptažodis.
    [few] Šis slaptažodis jau buvo naudotas: įsimenami { $remembered } paskutiniai slaptažodžiai.
   *[other] Šis slaptažodis jau buvo naudotas: įsimenama { $remembered } paskutinių slaptažodžių.
  }
    .do = Pasirinkite tokį, kurio dar nenaudojote.
reason-too-young = Slaptažodis keistas pernelyg neseniai.
    .do = Vėl jį pakeisti galėsite { $until }. Jei reikia skubiai, kreipkitės į pagalbos tarnybą.
reason-filter = Jūsų organizacijos slaptažodžių filtras šio slaptažodžio nepriėmė.
    .do = Pasirinkite sunkiau atspėjamą, be dažnai vartojamų žodžių.
reason-history-or-filter = Katalogas šio slaptažodžio nepriėmė: jis jau buvo naudotas arba jį per lengva atspėti.
    .do = Pasirinkite tokį, kurio dar nenaudojote, be dažnai vartojamų žodžių.
reason-banned-word-common = Slaptažodis sudarytas iš žodžių ar derinių, kuriuos naudoja daug žmonių.
    .do = Pasirinkite kelis tarpusavyje nesusijusius žodžius.
reason-banned-word-organisation = Slaptažodis sudarytas iš žodžių, kurių Jūsų organizacija neleidžia.
    .do = Pasirinkite slaptažodį be šių žodžių arba pridėkite kelis su organizacija nesusijusius žodžius.
reason-banned-word-name = Slaptažodyje yra Jūsų vardas, pavardė arba Jūsų organizacijos pavadinimas.
    .do = Pasirinkite slaptažodį be vardų ir pavadinimų, net jei jie parašyti su skaitmenimis ar specialiaisiais simboliais.
reason-known-from-breaches = Šis slaptažodis žinomas iš nutekėjusių duomenų, todėl užpuolikai jį bando.
    .do = Pasirinkite tokį, kurio dar niekur nenaudojote. Šį pakeiskite visur, kur jį naudojate.
reason-directory-unreachable = Šiuo metu katalogas nepasiekiamas.
    .do = Nieko nepakeista. Bandykite dar kartą po kelių minučių.
reason-agent-lacks-right = Ši paslauga neturi teisės iš naujo nustatyti Jūsų slaptažodžio.
    .do = Nieko nepakeista. Praneškite pagalbos tarnybai ir nurodykite toliau pateiktą pagalbos kodą.
reason-policy-unreadable = Nepavyko perskaityti Jūsų paskyros slaptažodžio taisyklių.
    .do = Nieko nepakeista. Praneškite pagalbos tarnybai ir nurodykite toliau pateiktą pagalbos kodą.
reason-clock-wrong = Vienas iš laikrodžių Jūsų organizacijos tinkle rodo neteisingą laiką, todėl nieko negalima saugiai pakeisti.
    .do = Praneškite pagalbos tarnybai ir nurodykite toliau pateiktą pagalbos kodą.
reason-store-unavailable = Šiuo metu paslauga negali išsaugoti Jūsų eigos.
    .do = Nieko nepakeista. Bandykite dar kartą po kelių minučių.
reason-internal = Įvyko mūsų sistemos klaida.
    .do = Bandykite dar kartą. Jei tai pasikartos, nurodykite pagalbos tarnybai toliau pateiktą pagalbos kodą.
reason-wrong-password = { $tries ->
    [one] Tai ne dabartinis Jūsų slaptažodis. Jums liko { $tries } bandymas.
    [few] Tai ne dabartinis Jūsų slaptažodis. Jums liko { $tries } bandymai.
   *[other] Tai ne dabartinis Jūsų slaptažodis. Jums liko { $tries } bandymų.
  }
    .do = Įveskite dar kartą. Jei jį pamiršote, nustatykite slaptažodį iš naujo.
reason-not-locked = Jūsų paskyra neužrakinta.
    .do = Jei negalite prisijungti, Jums reikia naujo slaptažodžio. Kitu atveju tiesiog užverkite šį puslapį.
reason-not-offered = Organizacija „{ $tenant }“ čia to nesiūlo.
    .do = Kreipkitės į pagalbos tarnybą.
reason-account-locked = Ši paskyra užrakinta.
    .do = Atrakinkite ją arba nustatykite slaptažodį iš naujo: abi galimybės yra šiame puslapyje.
reason-method-present = Jūsų paskyra tokį būdą jau turi.
    .do = Jei norite jį pakeisti, pirmiausia pašalinkite senąjį.
reason-must-change-first = Prieš tęsdami čia turite pakeisti slaptažodį.
    .do = Šiame puslapyje pasirinkite „Slaptažodžio keitimas“, o tada grįžkite.
reason-method-not-added = Autentifikavimo programėlė nepridėta: jos kodai per dažnai buvo neteisingi.
    .do = Pridėkite ją dar kartą ir patikrinkite, ar Jūsų įrenginio laikrodis rodo teisingai.
reason-password-elsewhere = Šios paskyros slaptažodis tvarkomas ne čia.
    .do = Nustatykite jį iš naujo adresu { $place }.
reason-password-not-tried = Dabartinis Jūsų slaptažodis nebuvo tikrinamas: dar keli klaidingi bandymai užrakintų paskyrą.
    .do = Verčiau nustatykite slaptažodį iš naujo (dabartinio tam nereikia) arba kreipkitės į pagalbos tarnybą.
reason-too-many-from-network = Iš Jūsų tinklo buvo per daug bandymų.
    .do = Bandykite vėl { $until } arba iš kito tinklo, pavyzdžiui, per telefono mobilųjį ryšį. Jei reikia skubiai, kreipkitės į pagalbos tarnybą.

problem-tenant-unknown = Šis adresas čia nepriklauso jokiai organizacijai.
    .do = Patikrinkite adresą arba naudokite nuorodą, kurią gavote iš savo organizacijos.
problem-service-down = Šiuo metu organizacijos „{ $tenant }“ slaptažodžių paslauga neveikia.
    .do = Nieko nepakeista. Bandykite dar kartą po kelių minučių arba kreipkitės į pagalbos tarnybą.
problem-tenant-not-entitled = Organizacija „{ $tenant }“ šia paslauga nesinaudoja.
    .do = Nieko nepakeista. Paklauskite pagalbos tarnybos, kaip iš naujo nustatyti slaptažodį.
problem-no-answer = Atsakymas neatėjo laiku.
    .do = Bandykite dar kartą.
problem-message-expired = Jūsų užklausa atėjo per vėlai ir nebuvo įvykdyta.
    .do = Nieko nepakeista. Bandykite dar kartą.
problem-too-many-requests = Iš Jūsų tinklo atėjo per daug užklausų.
    .do = Palaukite minutę ir bandykite dar kartą.
problem-not-accepted = Pranešimo atverti nepavyko. Galbūt paslauga tuo metu buvo atnaujinta.
    .do = Nieko nepakeista. Įkelkite puslapį iš naujo ir bandykite dar kartą.
problem-malformed = Pranešimo suprasti nepavyko.
    .do = Nieko nepakeista. Įkelkite puslapį iš naujo ir bandykite dar kartą.
problem-too-large = Pranešimas buvo per didelis.
    .do = Nieko nepakeista. Įkelkite puslapį iš naujo ir bandykite dar kartą.
problem-message-timed-out = Pranešimo siuntimas užtruko per ilgai.
    .do = Nieko nepakeista. Patikrinkite ryšį ir bandykite dar kartą.
problem-unsupported-media-type = Pranešimas buvo netinkamo tipo.
    .do = Nieko nepakeista. Įkelkite puslapį iš naujo ir bandykite dar kartą.
