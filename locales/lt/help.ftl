# The page of advice: what to do when something is in the way. These texts stay on the server.

help-title = Pagalba dėl slaptažodžio
help-lead = Ką daryti, kai kas nors nepavyksta, ir kodėl taip yra.
help-code-title = Kodas neateina
help-code = Palaukite minutę ir pažiūrėkite į šlamšto aplanką. Tada pasirinkite „Siųsti naują kodą“; galioja naujausias. Jei pas mus įrašytas senas Jūsų adresas ar numeris, pagalbos tarnyba gali jį pataisyti.
help-device-title = Telefonas naujas arba pamestas
help-device = Pasirinkite „Naudoti kitą būdą“ ir patvirtinkite tapatybę kitaip. Jei kito būdo nėra, padės pagalbos tarnyba. Apie pamestą telefoną jai praneškite iš karto, kad juo negalėtų pasinaudoti kas nors kitas.
help-password-title = Naujas slaptažodis nepriimamas
help-password = Puslapis nurodo, kurios taisyklės nesilaikoma. Trys ar keturi tarpusavyje nesusiję žodžiai yra ilgi, saugūs ir lengvai įsimenami; nenaudokite savo vardo ir ankstesnių slaptažodžių. Jei slaptažodis keistas visai neseniai, puslapis nurodo, kada jį vėl bus galima keisti.
help-devices-title = Naujas slaptažodis nustatytas, bet įrenginys jo nepriima
help-devices = Telefonai, pašto programos ir tinklo diskai dar žino senąjį ir bando jį vėl ir vėl, o tai gali užrakinti Jūsų paskyrą. Įveskite naują slaptažodį ir juose.
help-locked-title = Jūsų paskyra užrakinta
help-locked = Jei paskyrą užrakino neteisingi slaptažodžiai, nustačius slaptažodį čia iš naujo ji atrakinama. Po per daug neteisingų kodų šis puslapis naujų nepriima, ne ilgiau kaip parą, ir nurodo, iki kada; kiti būdai tebeveikia. Jei reikia skubiai, kreipkitės į pagalbos tarnybą.
help-questions-title = Kodėl nėra saugos klausimų
help-questions = Augintinio vardą ar mokyklos pavadinimą galima sužinoti, atspėti arba pamiršti. Kodas, kurį gaunate tik Jūs, apie Jus pasako daug daugiau. Šiandienos standartai tokių klausimų nebeleidžia.
help-real-title = Ar šis puslapis tikras?
help-real = Pažiūrėkite į adreso juostą: joje turi būti raidė į raidę tas adresas, kurį Jums davė Jūsų organizacija. Ateikite čia iš savo organizacijos puslapių arba adresą įveskite patys ir nespauskite nuorodų žinutėse, kurių nelaukėte. Niekas, net ir pagalbos tarnyba, niekada neprašys Jūsų slaptažodžio ar Jums atsiųsto kodo.
help-sealed-title = Užšifruota Jūsų naršyklėje
help-sealed = Naudotojo vardas, kodai ir slaptažodis užšifruojami čia pat. Jų negali perskaityti nei ši svetainė, nei kas nors pakeliui.
help-helpdesk-title = Niekas iš to nepadeda
help-helpdesk = Organizacijos „{ $tenant }“ pagalbos tarnyba:
help-back = Grįžti prie slaptažodžio nustatymo
