# The page of advice: what to do when something is in the way. These texts stay on the server.

help-title = Pomoč z geslom
help-lead = Kaj storiti, ko se zatakne, in zakaj je tako.
help-code-title = Koda ne prispe
help-code = Počakajte minuto in poglejte tudi med neželeno pošto. Nato izberite „Pošlji novo kodo“; velja najnovejša. Če je pri nas zapisan vaš stari naslov ali stara številka, ju popravi služba za pomoč uporabnikom.
help-device-title = Imate nov telefon ali ste ga izgubili
help-device = Izberite „Uporabi drug način“ in potrdite svojo istovetnost drugače. Če drugega načina ni, pomaga služba za pomoč uporabnikom. Izgubo telefona ji sporočite takoj, da se z njim ne bo mogel potrditi nihče drug.
help-password-title = Novo geslo ni sprejeto
help-password = Stran pove, katero pravilo ni izpolnjeno. Tri ali štiri besede, ki nimajo nič skupnega, so dolge, močne in si jih je lahko zapomniti; izpustite svoje ime in gesla, ki ste jih že uporabljali. Če je bilo geslo spremenjeno šele pred kratkim, stran pove, kdaj ga bo spet mogoče spremeniti.
help-devices-title = Novo geslo je nastavljeno, ena od naprav pa ga zavrača
help-devices = Telefoni, poštni programi in omrežni pogoni poznajo še staro geslo in ga poskušajo znova in znova, kar lahko zaklene vaš račun. Novo geslo vnesite tudi tam.
help-locked-title = Vaš račun je zaklenjen
help-locked = Če so račun zaklenila napačna gesla, ga ponastavitev tukaj odklene. Po preveč napačnih kodah ta stran novih ne sprejema, največ en dan, in pove, do kdaj; drugi načini še vedno delujejo. Če je nujno, se obrnite na službo za pomoč uporabnikom.
help-questions-title = Zakaj ni varnostnih vprašanj
help-questions = Ime psa ali šole je mogoče izvedeti, uganiti ali pozabiti. Koda, ki jo prejmete samo vi, pove o vas veliko več. Današnji standardi takih vprašanj ne dovoljujejo več.
help-real-title = Ali je ta stran prava?
help-real = Poglejte naslovno vrstico: v njej mora biti natanko tisti naslov, ki vam ga je dala vaša organizacija. Sem pridite s strani svoje organizacije ali naslov vtipkajte in ne odpirajte povezav iz sporočil, ki jih niste pričakovali. Nihče, niti služba za pomoč uporabnikom, vas ne bo nikoli vprašal za geslo ali za kodo, ki ste jo prejeli.
help-sealed-title = Šifrirano v vašem brskalniku
help-sealed = Uporabniško ime, kode in geslo se šifrirajo že tukaj. Prebrati jih ne more niti to spletno mesto niti kdo drug na poti.
help-helpdesk-title = Nič od tega ne pomaga
help-helpdesk = Služba za pomoč uporabnikom organizacije { $tenant }:
help-back = Nazaj na ponastavitev gesla
