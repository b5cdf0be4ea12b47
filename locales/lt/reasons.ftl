# Every reason: what happened and, in its attribute, what to do next. These texts travel to the
# browser. Keys are `reason-` (from the agent) or `problem-` (from the portal) and the stable code.

reason-user-not-found = Paskyros tokiu naudotojo vardu nėra.
    .do = Patikrinkite, ar vardas parašytas teisingai, ir bandykite dar kartą.
reason-account-ambiguous = Šis naudotojo vardas priklauso kelioms paskyroms.
    .do = Įveskite jį kartu su savo organizacijos domenu, pavyzdžiui, anna@contoso.example.
reason-account-disabled = Ši paskyra išjungta.
    .do = Ją įjungti gali tik pagalbos tarnyba.
reason-account-expired = Šios paskyros galiojimas baigėsi.
    .do = Paprašykite pagalbos tarnybos jį pratęsti.
reason-account-protected = Ši paskyra ypač saugoma, todėl čia jos keisti negalima.
    .do = Pagalbos kreipkitės į administratorių.
reason-too-few-gates = Jūsų paskyroje per mažai būdų patvirtinti, kad tai Jūs.
    .do = Paprašykite pagalbos tarnybos prie paskyros pridėti el. pašto adresą, telefono numerį arba autentifikavimo programėlę. Per pastarąsias 24 valandas pridėtas būdas gali dar neveikti.
reason-wrong-code = { $tries ->
    [one] Kodas neteisingas. Liko { $tries } bandymas.
    [few] Kodas neteisingas. Liko { $tries } bandymai.
   *[other] Kodas neteisingas. Liko { $tries } bandymų.
  }
    .do = Patikrinkite kodą ir įveskite jį dar kartą.
reason-code-expired = Šis kodas nebegalioja.
    .do = Paprašykite naujo kodo ir panaudokite jį per kelias minutes.
reason-code-used = Šis kodas jau panaudotas.
    .do = Įveskite dar nepanaudotą kodą. Jei kodus rodo programėlė, palaukite kito.
reason-locked = Šiai paskyrai įvesta per daug neteisingų kodų.
    .do = Kiti būdai tebeveikia. Jei kito būdo neturite, bandykite nuo { $until } arba kreipkitės į pagalbos tarnybą.
reason-too-many-codes = Išsiųsta per daug kodų.
    .do = Paskutinis kodas tinka, kol galioja. Naujo galėsite prašyti nuo { $until }. Iki tol naudokite kitą būdą, jei jį turite, arba kreipkitės į pagalbos tarnybą.
reason-sent-too-recently = Naujo kodo kol kas išsiųsti negalime.
    .do = Paskutinis kodas tinka, kol galioja. Naujo galėsite prašyti nuo { $until }.
reason-code-not-sent = Šiuo metu tokiu būdu kodo išsiųsti negalime.
    .do = Bandykite dar kartą po kelių minučių arba naudokite kitą būdą, jei jį turite. Jei skubate, kreipkitės į pagalbos tarnybą.
reason-flow-expired = Šis puslapis grįžo į pradžią, nes praėjo per daug laiko arba per tą laiką Jūsų paskyra buvo pakeista.
    .do = Šis puslapis nieko nepakeitė. Pradėkite iš naujo.
reason-message-expired = Jūsų užklausa atėjo per vėlai ir nebuvo įvykdyta.
    .do = Nieko nepakeista. Bandykite dar kartą.
reason-version-mismatch = Šis puslapis pasenęs.
    .do = Nieko nepakeista. Įkelkite puslapį iš naujo ir bandykite dar kartą.
reason-in-doubt = Nepavyko patvirtinti, ar naujas slaptažodis nustatytas.
    .do = Pirmiausia pabandykite prisijungti nauju slaptažodžiu. Jei jis nebus priimtas, pradėkite iš naujo.
reason-too-short = { $minimum ->
    [one] Slaptažodyje turi būti bent { $minimum } simbolis. Šiame yra { $length }.
    [few] Slaptažodyje turi būti bent { $minimum } simboliai. Šiame yra { $length }.
   *[other] Slaptažodyje turi būti bent { $minimum } simbolių. Šiame yra { $length }.
  }
    .do = Pridėkite žodį ar du.
reason-too-long = { $maximum ->
    [one] Slaptažodyje gali būti ne daugiau kaip { $maximum } simbolis. Šiame yra { $length }.
    [few] Slaptažodyje gali būti ne daugiau kaip { $maximum } simboliai. Šiame yra { $length }.
   *[other] Slaptažodyje gali būti ne daugiau kaip { $maximum } simbolių. Šiame yra { $length }.
  }
    .do = Pasirinkite trumpesnį.
reason-too-few-classes = { $needed ->
    [one] Slaptažodyje turi būti { $needed } simbolių rūšis. Šiame yra { $found }.
    [few] Slaptažodyje turi būti { $needed } simbolių rūšys. Šiame yra { $found }.
   *[other] Slaptažodyje turi būti { $needed } simbolių rūšių. Šiame yra { $found }.
  }
    .do = Derinkite didžiąsias raides, mažąsias raides, skaitmenis ir specialiuosius simbolius.
reason-contains-account-name = Slaptažodyje yra Jūsų naudotojo vardas.
    .do = Pasirinkite slaptažodį be jo.
reason-contains-display-name = Slaptažodyje yra dalis Jūsų vardo ar pavardės.
    .do = Pasirinkite slaptažodį be vardo ir pavardės.
reason-forbidden-character = Slaptažodyje yra simbolis, kurio slaptažodžiuose naudoti negalima.
    .do = Pašalinkite jį arba pasirinkite kitą slaptažodį.
reason-used-before = { $remembered ->
    [0] Šį slaptažodį jau naudojote.
    [one] Šį slaptažodį jau naudojote. Naujas turi skirtis nuo { $remembered } paskutinio.
    [few] Tai vienas iš { $remembered } paskutinių Jūsų slaptažodžių.
   *[other] Tai vienas iš { $remembered } paskutinių Jūsų slaptažodžių.
  }
    .do = Pasirinkite tokį, kurio dar nenaudojote.
reason-too-young = Slaptažodis pakeistas pernelyg neseniai.
    .do = Vėl jį pakeisti galėsite nuo { $until }. Jei skubate, kreipkitės į pagalbos tarnybą.
reason-filter = Jūsų organizacijos slaptažodžių filtras šio slaptažodžio nepriėmė.
    .do = Pasirinkite sunkiau atspėjamą, be dažnų žodžių.
reason-history-or-filter = Jūsų organizacijos paskyrų sistema šio slaptažodžio nepriėmė. Jis jau naudotas arba jį per lengva atspėti.
    .do = Pasirinkite tokį, kurio dar nenaudojote, be dažnų žodžių.
reason-banned-word-common = Slaptažodis sudarytas iš žodžių ar derinių, kuriuos naudoja daug žmonių.
    .do = Pasirinkite kelis tarpusavyje nesusijusius žodžius.
reason-banned-word-organisation = Slaptažodis sudarytas iš žodžių, kurių Jūsų organizacija neleidžia.
    .do = Pasirinkite slaptažodį be jų arba pridėkite kelis su organizacija nesusijusius žodžius.
reason-banned-word-name = Slaptažodyje yra Jūsų vardas, pavardė arba organizacijos pavadinimas.
    .do = Nenaudokite vardų ir pavadinimų, net parašytų su skaitmenimis ar specialiaisiais simboliais.
reason-known-from-breaches = Šis slaptažodis pateko tarp nutekėjusių duomenų, todėl užpuolikai jį išbando.
    .do = Pasirinkite tokį, kurio niekur kitur nenaudojote. Jei šį naudojate kitur, pakeiskite jį ir ten.
reason-directory-unreachable = Šiuo metu Jūsų organizacijos paskyrų sistema nepasiekiama.
    .do = Nieko nepakeista. Bandykite dar kartą po kelių minučių.
reason-agent-lacks-right = Ši paslauga neturi teisės iš naujo nustatyti Jūsų slaptažodžio.
    .do = Nieko nepakeista. Praneškite pagalbos tarnybai ir nurodykite toliau pateiktą pagalbos kodą.
reason-policy-unreadable = Nepavyko perskaityti Jūsų paskyros slaptažodžio taisyklių.
    .do = Nieko nepakeista. Praneškite pagalbos tarnybai ir nurodykite toliau pateiktą pagalbos kodą.
reason-clock-wrong = Vienas iš laikrodžių Jūsų organizacijos tinkle rodo neteisingą laiką, todėl nieko negalima saugiai pakeisti.
    .do = Praneškite pagalbos tarnybai ir nurodykite toliau pateiktą pagalbos kodą.
reason-store-unavailable = Šiuo metu paslauga negali išsaugoti to, ką jau atlikote.
    .do = Nieko nepakeista. Bandykite dar kartą po kelių minučių.
reason-internal = Įvyko klaida mūsų sistemoje.
    .do = Bandykite dar kartą. Jei tai pasikartos, nurodykite pagalbos tarnybai toliau pateiktą pagalbos kodą.
reason-wrong-password = { $tries ->
    [one] Tai ne dabartinis Jūsų slaptažodis. Liko { $tries } bandymas.
    [few] Tai ne dabartinis Jūsų slaptažodis. Liko { $tries } bandymai.
   *[other] Tai ne dabartinis Jūsų slaptažodis. Liko { $tries } bandymų.
  }
    .do = Įveskite jį dar kartą. Jei jį pamiršote, nustatykite slaptažodį iš naujo.
reason-not-locked = Jūsų paskyra neužrakinta.
    .do = Jei negalite prisijungti, Jums reikia naujo slaptažodžio. Kitu atveju galite užverti šį puslapį.
reason-not-offered = Organizacija „{ $tenant }“ čia tokios galimybės nesiūlo.
    .do = Kreipkitės į pagalbos tarnybą.
reason-account-locked = Ši paskyra užrakinta.
    .do = Šiame puslapyje galite ją atrakinti arba iš naujo nustatyti slaptažodį.
reason-method-present = Jūsų paskyra jau turi tokį būdą.
    .do = Jei norite jį pakeisti, pirmiausia pašalinkite senąjį.
reason-must-change-first = Kad galėtumėte čia tęsti, pirmiausia reikia pakeisti slaptažodį.
    .do = Šiame puslapyje pasirinkite „Slaptažodžio keitimas“, tada grįžkite.
reason-method-not-added = Autentifikavimo programėlė nepridėta, nes per daug kartų įvestas neteisingas kodas.
    .do = Pridėkite ją dar kartą ir patikrinkite, ar įrenginio laikrodis rodo teisingą laiką.
reason-password-elsewhere = Šios paskyros slaptažodis tvarkomas ne čia.
    .do = Nustatykite jį iš naujo čia: { $place }.
reason-password-not-tried = Dabartinis slaptažodis nebuvo tikrinamas, nes dar keli neteisingi bandymai užrakintų paskyrą.
    .do = Nustatykite slaptažodį iš naujo (dabartinio tam nereikia) arba kreipkitės į pagalbos tarnybą.
reason-too-many-from-network = Iš Jūsų tinklo buvo per daug bandymų.
    .do = Bandykite nuo { $until } arba iš kito tinklo, pavyzdžiui, per mobilųjį ryšį. Jei skubate, kreipkitės į pagalbos tarnybą.

problem-tenant-unknown = Šis adresas čia nepriklauso jokiai organizacijai.
    .do = Patikrinkite adresą arba naudokite nuorodą, kurią gavote iš savo organizacijos.
problem-service-down = Šiuo metu organizacijos „{ $tenant }“ slaptažodžių paslauga neveikia.
    .do = Nieko nepakeista. Bandykite dar kartą po kelių minučių arba kreipkitės į pagalbos tarnybą.
problem-tenant-not-entitled = Organizacija „{ $tenant }“ šia paslauga nesinaudoja.
    .do = Nieko nepakeista. Paklauskite pagalbos tarnybos, kaip iš naujo nustatyti slaptažodį.
problem-no-answer = Atsakymas laiku neatėjo.
    .do = Bandykite dar kartą.
problem-message-expired = Jūsų užklausa atėjo per vėlai ir nebuvo įvykdyta.
    .do = Nieko nepakeista. Bandykite dar kartą.
problem-too-many-requests = Iš Jūsų tinklo gauta per daug užklausų.
    .do = Palaukite minutę ir bandykite dar kartą.
problem-not-accepted = Nepavyko perskaityti Jūsų užklausos. Galbūt paslauga buvo paleista iš naujo arba atnaujinta.
    .do = Nieko nepakeista. Įkelkite puslapį iš naujo ir bandykite dar kartą.
problem-malformed = Nepavyko suprasti Jūsų užklausos.
    .do = Nieko nepakeista. Įkelkite puslapį iš naujo ir bandykite dar kartą.
problem-too-large = Jūsų užklausa buvo per didelė.
    .do = Nieko nepakeista. Įkelkite puslapį iš naujo ir bandykite dar kartą.
problem-message-timed-out = Jūsų užklausos siuntimas užtruko per ilgai.
    .do = Nieko nepakeista. Patikrinkite ryšį ir bandykite dar kartą.
problem-unsupported-media-type = Jūsų užklausa buvo netinkamo tipo.
    .do = Nieko nepakeista. Įkelkite puslapį iš naujo ir bandykite dar kartą.
