# The page of advice: what to do when something goes wrong. These texts stay on the server.

help-title = Pomoč pri težavah z geslom
help-lead = Kaj storiti, ko se zatakne, in zakaj do tega pride.
help-code-title = Koda ne prispe
# It quotes `gate-mail-resend`.
help-code = Počakajte minuto in preglejte tudi mapo z neželeno pošto. Nato izberite »Pošlji novo kodo«: velja samo najnovejša koda. Če imamo za vas shranjen star naslov ali staro številko, lahko to popravi služba za pomoč uporabnikom.
help-device-title = Nov ali izgubljen telefon
# It quotes `gate-other`.
help-device = Izberite »Uporabi drug način« in tako potrdite, da ste to vi. Če drugega načina nimate, vam lahko pomaga služba za pomoč uporabnikom. Če ste telefon izgubili, ji to takoj sporočite, da se nihče ne bo mogel izdajati za vas.
help-password-title = Novo geslo ni sprejeto
help-password = Stran pokaže, katero pravilo ni izpolnjeno. Tri ali štiri besede, ki med seboj niso povezane, sestavljajo dolgo in močno geslo, ki si ga je lahko zapomniti. Izpustite svoje ime in gesla, ki ste jih že uporabljali. Če je bilo geslo spremenjeno šele pred kratkim, stran pokaže, kdaj ga lahko znova spremenite.
help-devices-title = Naprava zavrača novo geslo
help-devices = Telefoni, poštni programi in omrežni pogoni imajo morda še shranjeno staro geslo in ga preizkušajo znova in znova, kar lahko zaklene vaš račun. Novo geslo vnesite tudi tam.
help-locked-title = Vaš račun je zaklenjen
help-locked = Če so račun zaklenila napačna gesla, ga ponastavitev gesla na tej strani odklene. Če je vnesenih preveč napačnih kod, jih stran nekaj časa ne sprejema, največ en dan, in pokaže, kdaj lahko poskusite znova. Drugi načini še vedno delujejo. Če je nujno, se obrnite na službo za pomoč uporabnikom.
help-questions-title = Zakaj ni varnostnih vprašanj
help-questions = Ime hišnega ljubljenčka ali šole je mogoče izvedeti, uganiti ali pozabiti. Koda, ki jo prejmete samo vi, veliko zanesljiveje dokazuje, da ste to vi. Sodobni standardi takih vprašanj ne dovoljujejo več.
help-real-title = Ali je ta stran pristna?
help-real = Poglejte v naslovno vrstico: naslov se mora do zadnje črke ujemati s tistim, ki vam ga je dala vaša organizacija. Sem pridite s strani svoje organizacije ali naslov vnesite sami in ne odpirajte povezav iz sporočil, ki jih niste pričakovali. Nihče, niti služba za pomoč uporabnikom, vas ne bo nikoli vprašal za geslo ali za kodo, ki ste jo prejeli.
help-sealed-title = Šifrirano v vašem brskalniku
help-sealed = Uporabniško ime, kode in geslo se šifrirajo že tukaj. Prebrati jih ne more niti to spletno mesto niti kdo drug na poti.
help-helpdesk-title = Še vedno ne gre?
help-helpdesk = Obrnite se na službo za pomoč uporabnikom organizacije { $tenant }:
help-back = Nazaj na ponastavitev gesla
