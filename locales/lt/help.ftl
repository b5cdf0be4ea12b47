# The page of advice: what to do when something goes wrong. These texts stay on the server.

help-title = Pagalba dėl slaptažodžio
help-lead = Ką daryti, kai kas nors nepavyksta, ir kodėl taip nutinka.
help-code-title = Kodas neateina
# It quotes `gate-mail-resend`.
help-code = Palaukite minutę ir patikrinkite brukalo aplanką. Tada pasirinkite „Siųsti naują kodą“: galioja tik naujausias kodas. Jei turime pasenusį Jūsų adresą ar telefono numerį, pagalbos tarnyba gali jį pataisyti.
help-device-title = Telefonas naujas arba pamestas
# It quotes `gate-other`.
help-device = Pasirinkite „Naudoti kitą būdą“ ir juo patvirtinkite, kad tai Jūs. Jei kito būdo neturite, padės pagalbos tarnyba. Jei telefoną pametėte, nedelsdami jai praneškite, kad niekas negalėtų apsimesti Jumis.
help-password-title = Naujas slaptažodis nepriimamas
help-password = Puslapis nurodo, kurios taisyklės slaptažodis neatitinka. Trys ar keturi tarpusavyje nesusiję žodžiai yra ilgas ir stiprus slaptažodis, kurį lengva įsiminti. Nenaudokite savo vardo ir ankstesnių slaptažodžių. Jei slaptažodis pakeistas visai neseniai, puslapis nurodo, kada galėsite jį vėl pakeisti.
help-devices-title = Įrenginys nepriima naujo slaptažodžio
help-devices = Telefonuose, pašto programose ir tinklo diskuose gali būti likęs senasis slaptažodis. Jie bando jį vėl ir vėl, o tai gali užrakinti Jūsų paskyrą. Įveskite naują slaptažodį ir ten.
help-locked-title = Jūsų paskyra užrakinta
help-locked = Jei paskyra užrakinta dėl neteisingų slaptažodžių, ji atrakinama čia iš naujo nustačius slaptažodį. Įvedus per daug neteisingų kodų, reikia palaukti (ne ilgiau kaip parą); puslapis nurodo, kada vėl galėsite bandyti. Kiti būdai tebeveikia. Jei skubate, kreipkitės į pagalbos tarnybą.
help-questions-title = Kodėl nėra saugos klausimų
help-questions = Augintinio vardą ar mokyklos pavadinimą galima sužinoti, atspėti arba pamiršti. Kodas, kurį gaunate tik Jūs, kur kas patikimiau patvirtina, kad tai Jūs. Dabartiniai standartai tokių klausimų nebeleidžia.
help-real-title = Ar šis puslapis tikras?
help-real = Pažiūrėkite į adreso juostą: adresas turi raidė į raidę sutapti su tuo, kurį Jums nurodė organizacija. Ateikite čia iš savo organizacijos puslapių arba įveskite adresą ir nespauskite nuorodų žinutėse, kurių nelaukėte. Niekas, net ir pagalbos tarnyba, niekada neprašys Jūsų slaptažodžio ar Jums atsiųsto kodo.
help-sealed-title = Užšifruota Jūsų naršyklėje
help-sealed = Naudotojo vardas, kodai ir slaptažodis užšifruojami čia. Jų negali perskaityti nei ši svetainė, nei kas nors pakeliui.
help-helpdesk-title = Niekas nepadeda?
help-helpdesk = Kreipkitės į organizacijos „{ $tenant }“ pagalbos tarnybą:
help-back = Atgal į slaptažodžio nustatymą
