# Every reason: what happened and, in its attribute, what to do. These texts travel to the browser.
# Keys are `reason-` (from the agent) or `problem-` (from the portal) and the stable code.

reason-user-not-found = Račun s tem uporabniškim imenom ne obstaja.
    .do = Preverite, ali je ime pravilno zapisano, in poskusite znova.
reason-account-ambiguous = To uporabniško ime pripada več računom.
    .do = Vnesite ga skupaj z domeno svoje organizacije, na primer anna@contoso.example.
reason-account-disabled = Ta račun je onemogočen.
    .do = Omogoči ga lahko samo služba za pomoč uporabnikom.
reason-account-expired = Ta račun je potekel.
    .do = Službo za pomoč uporabnikom prosite, naj podaljša njegovo veljavnost.
reason-account-protected = Ta račun je posebej zaščiten in ga tukaj ni mogoče spreminjati.
    .do = Obrnite se na skrbnika.
reason-too-few-gates = Za vaš račun ni shranjenih dovolj načinov, kako potrditi, da ste to vi.
    .do = Službo za pomoč uporabnikom prosite, naj vašemu računu doda e-poštni naslov, telefonsko številko ali aplikacijo za preverjanje pristnosti. Način, ki ste ga dodali v zadnjih 24 urah, morda še ne velja.
reason-wrong-code = { $tries ->
    [one] To ni prava koda. Na voljo imate še { $tries } poskus.
    [two] To ni prava koda. Na voljo imate še { $tries } poskusa.
    [few] To ni prava koda. Na voljo imate še { $tries } poskuse.
   *[other] To ni prava koda. Na voljo imate še { $tries } poskusov.
  }
    .do = Preverite kodo in jo znova vnesite.
reason-code-expired = Ta koda ne velja več.
    .do = Zahtevajte novo kodo in jo uporabite v nekaj minutah.
reason-code-used = Ta koda je že bila uporabljena.
    .do = Vnesite kodo, ki je še niste uporabili: naslednjo ali drugo od svojih kod.
reason-locked = Za ta račun je bilo vnesenih preveč napačnih kod.
    .do = Drugi načini potrditve še vedno delujejo. Če drugega nimate, boste lahko znova poskusili: { $until }. Če je nujno, se obrnite na službo za pomoč uporabnikom.
reason-too-many-codes = Poslali smo že toliko kod, da nove trenutno ni mogoče poslati.
    .do = Zadnja še velja, dokler ne poteče. Novo bo mogoče poslati: { $until }. Do takrat uporabite drug način, če ga imate, ali se obrnite na službo za pomoč uporabnikom.
reason-sent-too-recently = Nove kode še ni mogoče poslati.
    .do = Nazadnje poslana koda velja, dokler ne poteče. Za novo lahko zaprosite ob { $until }.
reason-code-not-sent = Na ta način kode trenutno ni mogoče poslati.
    .do = Poskusite znova čez nekaj minut ali uporabite drug način, če ga imate. Če je nujno, se obrnite na službo za pomoč uporabnikom.
reason-flow-expired = Minilo je preveč časa ali pa se je pri vašem računu medtem kaj spremenilo, zato se je stran začela znova.
    .do = Ta stran ni spremenila ničesar. Začnite znova.
reason-message-expired = Vaša zahteva je prispela prepozno in ni bila izvedena.
    .do = Nič ni bilo spremenjeno. Poskusite znova.
reason-version-mismatch = Ta stran je zastarela.
    .do = Nič ni bilo spremenjeno. Znova naložite stran in poskusite še enkrat.
reason-in-doubt = Ni bilo mogoče potrditi, ali je novo geslo nastavljeno.
    .do = Najprej se poskusite prijaviti z novim geslom. Če ne bo sprejeto, začnite znova.
reason-too-short = { $minimum ->
    [one] Geslo mora imeti vsaj { $minimum } znak; dolžina tega gesla: { $length }.
    [two] Geslo mora imeti vsaj { $minimum } znaka; dolžina tega gesla: { $length }.
    [few] Geslo mora imeti vsaj { $minimum } znake; dolžina tega gesla: { $length }.
   *[other] Geslo mora imeti vsaj { $minimum } znakov; dolžina tega gesla: { $length }.
  }
    .do = Dodajte besedo ali dve.
reason-too-long = { $maximum ->
    [one] Geslo ima lahko največ { $maximum } znak; dolžina tega gesla: { $length }.
    [two] Geslo ima lahko največ { $maximum } znaka; dolžina tega gesla: { $length }.
    [few] Geslo ima lahko največ { $maximum } znake; dolžina tega gesla: { $length }.
   *[other] Geslo ima lahko največ { $maximum } znakov; dolžina tega gesla: { $length }.
  }
    .do = Izberite krajše geslo.
reason-too-few-classes = { $needed ->
    [one] Geslo mora vsebovati { $needed } vrsto znakov; število vrst v tem geslu: { $found }.
    [two] Geslo mora vsebovati { $needed } vrsti znakov; število vrst v tem geslu: { $found }.
    [few] Geslo mora vsebovati { $needed } vrste znakov; število vrst v tem geslu: { $found }.
   *[other] Geslo mora vsebovati { $needed } vrst znakov; število vrst v tem geslu: { $found }.
  }
    .do = Uporabite velike črke, male črke, števke in simbole.
reason-contains-account-name = Geslo vsebuje vaše uporabniško ime.
    .do = Uporabniško ime izpustite.
reason-contains-display-name = Geslo vsebuje del vašega imena.
    .do = Ime in priimek izpustite.
reason-forbidden-character = Geslo vsebuje znak, ki ga v geslih ni mogoče uporabiti.
    .do = Geslo vnesite s tipkovnico, namesto da ga prilepite.
reason-used-before = { $remembered ->
    [0] To geslo ste že uporabili.
    [one] To geslo ste že uporabili. Imenik si zapomni zadnje { $remembered } geslo.
    [two] To geslo ste že uporabili. Imenik si zapomni zadnji { $remembered } gesli.
    [few] To geslo ste že uporabili. Imenik si zapomni zadnja { $remembered } gesla.
   *[other] To geslo ste že uporabili. Imenik si zapomni zadnjih { $remembered } gesel.
  }
    .do = Izberite geslo, ki ga še niste uporabili.
reason-too-young = Od zadnje spremembe gesla je minilo premalo časa.
    .do = Znova ga boste lahko spremenili: { $until }. Če je nujno, se obrnite na službo za pomoč uporabnikom.
reason-filter = Filter gesel vaše organizacije tega gesla ni sprejel.
    .do = Izberite geslo, ki ga je težje uganiti, brez pogostih besed.
reason-history-or-filter = Imenik tega gesla ni sprejel: bodisi je že bilo uporabljeno bodisi ga je prelahko uganiti.
    .do = Izberite geslo, ki ga še niste uporabili, brez pogostih besed.
reason-banned-word-common = Geslo je sestavljeno iz besed ali vzorcev, ki jih uporablja veliko ljudi.
    .do = Izberite nekaj besed, ki med seboj niso povezane.
reason-banned-word-organisation = Geslo je sestavljeno iz besed, ki jih vaša organizacija ne dovoli.
    .do = Te besede izpustite ali dodajte nekaj takih, ki z vašo organizacijo niso povezane.
reason-banned-word-name = Geslo vsebuje vaše ime ali ime vaše organizacije.
    .do = Imena izpustite, tudi če so zapisana s števkami ali simboli.
reason-known-from-breaches = To geslo je znano iz uhajanj podatkov, zato ga napadalci preizkušajo.
    .do = Izberite geslo, ki ga še niste nikjer uporabili. To geslo spremenite povsod, kjer ga uporabljate.
reason-directory-unreachable = Imenik trenutno ni dosegljiv.
    .do = Nič ni bilo spremenjeno. Poskusite znova čez nekaj minut.
reason-agent-lacks-right = Ta storitev nima dovoljenja za ponastavitev vašega gesla.
    .do = Nič ni bilo spremenjeno. To sporočite službi za pomoč uporabnikom in navedite spodnjo kodo za podporo.
reason-policy-unreadable = Pravil za geslo vašega računa ni bilo mogoče prebrati.
    .do = Nič ni bilo spremenjeno. To sporočite službi za pomoč uporabnikom in navedite spodnjo kodo za podporo.
reason-clock-wrong = Ena od ur v omrežju vaše organizacije kaže napačen čas, zato ničesar ni mogoče varno spremeniti.
    .do = To sporočite službi za pomoč uporabnikom in navedite spodnjo kodo za podporo.
reason-store-unavailable = Storitev si trenutno ne more zapomniti vašega napredka.
    .do = Nič ni bilo spremenjeno. Poskusite znova čez nekaj minut.
reason-internal = Na naši strani je prišlo do napake.
    .do = Poskusite znova. Če se bo ponovilo, službi za pomoč uporabnikom sporočite spodnjo kodo.
reason-wrong-password = { $tries ->
    [one] To ni vaše trenutno geslo. Na voljo imate še { $tries } poskus.
    [two] To ni vaše trenutno geslo. Na voljo imate še { $tries } poskusa.
    [few] To ni vaše trenutno geslo. Na voljo imate še { $tries } poskuse.
   *[other] To ni vaše trenutno geslo. Na voljo imate še { $tries } poskusov.
  }
    .do = Vnesite ga znova. Če ste ga pozabili, ga raje ponastavite.
reason-not-locked = Vaš račun ni zaklenjen.
    .do = Če se ne morete prijaviti, potrebujete novo geslo. Sicer stran preprosto zaprite.
reason-not-offered = Organizacija { $tenant } tega tukaj ne ponuja.
    .do = Obrnite se na službo za pomoč uporabnikom.
reason-account-locked = Ta račun je zaklenjen.
    .do = Odklenite ga ali ponastavite geslo: oboje je na voljo na tej strani.
reason-method-present = Vaš račun že ima način te vrste.
    .do = Če ga želite zamenjati, najprej odstranite dosedanjega.
reason-must-change-first = Preden tukaj nadaljujete, morate spremeniti geslo.
    .do = Na tej strani izberite „Sprememba gesla“, nato se vrnite.
reason-method-not-added = Aplikacija za preverjanje pristnosti ni dodana: njene kode so bile prevečkrat napačne.
    .do = Dodajte jo znova in preverite, ali je ura vaše naprave točna.
reason-password-elsewhere = Geslo tega računa se ne upravlja tukaj.
    .do = Ponastavite ga na naslovu { $place }.
reason-password-not-tried = Vaše trenutno geslo ni bilo preverjeno: nekaj nadaljnjih napačnih poskusov bi račun zaklenilo.
    .do = Namesto tega ponastavite geslo (trenutnega za to ne potrebujete) ali se obrnite na službo za pomoč uporabnikom.
reason-too-many-from-network = Iz vašega omrežja je bilo preveč poskusov.
    .do = Znova boste lahko poskusili: { $until }. Lahko poskusite tudi iz drugega omrežja, na primer prek mobilnih podatkov. Če je nujno, se obrnite na službo za pomoč uporabnikom.

problem-tenant-unknown = Ta naslov tukaj ne pripada nobeni organizaciji.
    .do = Preverite naslov ali uporabite povezavo, ki ste jo dobili od svoje organizacije.
problem-service-down = Storitev za ponastavitev gesel organizacije { $tenant } trenutno ni na voljo.
    .do = Nič ni bilo spremenjeno. Poskusite znova čez nekaj minut ali se obrnite na službo za pomoč uporabnikom.
problem-tenant-not-entitled = Organizacija { $tenant } te storitve ne uporablja.
    .do = Nič ni bilo spremenjeno. Službo za pomoč uporabnikom vprašajte, kako ponastaviti geslo.
problem-no-answer = Odgovor ni prispel pravočasno.
    .do = Poskusite znova.
problem-message-expired = Vaša zahteva je prispela prepozno in ni bila izvedena.
    .do = Nič ni bilo spremenjeno. Poskusite znova.
problem-too-many-requests = Iz vašega omrežja je prispelo preveč zahtev.
    .do = Počakajte minuto in poskusite znova.
problem-not-accepted = Sporočila ni bilo mogoče odpreti. Storitev je bila morda medtem obnovljena.
    .do = Nič ni bilo spremenjeno. Znova naložite stran in poskusite še enkrat.
problem-malformed = Sporočila ni bilo mogoče razumeti.
    .do = Nič ni bilo spremenjeno. Znova naložite stran in poskusite še enkrat.
problem-too-large = Sporočilo je bilo preveliko.
    .do = Nič ni bilo spremenjeno. Znova naložite stran in poskusite še enkrat.
problem-message-timed-out = Pošiljanje sporočila je trajalo predolgo.
    .do = Nič ni bilo spremenjeno. Preverite povezavo in poskusite znova.
problem-unsupported-media-type = Sporočilo je bilo napačne vrste.
    .do = Nič ni bilo spremenjeno. Znova naložite stran in poskusite še enkrat.
