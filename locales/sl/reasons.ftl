# Every reason: what happened and, in its attribute, what to do next. These texts travel to the
# browser. Keys are `reason-` (from the agent) or `problem-` (from the portal) and the stable code.

reason-user-not-found = Račun s tem uporabniškim imenom ne obstaja.
    .do = Preverite, ali je ime pravilno zapisano, in poskusite znova.
reason-account-ambiguous = To uporabniško ime pripada več računom.
    .do = Vnesite ga skupaj z domeno svoje organizacije, na primer anna@contoso.example.
reason-account-disabled = Ta račun je onemogočen.
    .do = Omogoči ga lahko samo služba za pomoč uporabnikom.
reason-account-expired = Ta račun je potekel.
    .do = Službo za pomoč uporabnikom prosite, naj ga podaljša.
reason-account-protected = Ta račun je posebej zaščiten in ga tukaj ni mogoče spremeniti.
    .do = Za pomoč se obrnite na skrbnika.
reason-too-few-gates = Vaš račun nima dovolj načinov preverjanja, s katerimi bi potrdili, da ste to vi.
    .do = Službo za pomoč uporabnikom prosite, naj vašemu računu doda e-poštni naslov, telefonsko številko ali aplikacijo za preverjanje pristnosti. Način, ki ste ga dodali v zadnjih 24 urah, morda še ne deluje.
reason-wrong-code = { $tries ->
    [one] Koda ni pravilna. Na voljo imate še { $tries } poskus.
    [two] Koda ni pravilna. Na voljo imate še { $tries } poskusa.
    [few] Koda ni pravilna. Na voljo imate še { $tries } poskuse.
   *[other] Koda ni pravilna. Na voljo imate še { $tries } poskusov.
  }
    .do = Preverite kodo in jo znova vnesite.
reason-code-expired = Ta koda ne velja več.
    .do = Zahtevajte novo kodo in jo uporabite v nekaj minutah.
reason-code-used = Ta koda je že bila uporabljena.
    .do = Vnesite kodo, ki je še niste uporabili. Če jo dobite iz aplikacije, počakajte na naslednjo.
reason-locked = Za ta račun je bilo vnesenih preveč napačnih kod.
    .do = Drugi načini še vedno delujejo. Če drugega načina nimate, se obrnite na službo za pomoč uporabnikom ali poskusite znova pozneje: { $until }.
reason-too-many-codes = Poslanih je bilo preveč kod.
    .do = Zadnjo kodo lahko uporabite, dokler velja. Novo lahko zahtevate: { $until }. Do takrat uporabite drug način, če ga imate, ali se obrnite na službo za pomoč uporabnikom.
reason-sent-too-recently = Nove kode še ne moremo poslati.
    .do = Zadnjo kodo lahko uporabite, dokler velja. Novo lahko zahtevate ob { $until }.
reason-code-not-sent = Na ta način trenutno ne moremo poslati kode.
    .do = Poskusite znova čez nekaj minut ali uporabite drug način, če ga imate. Če je nujno, se obrnite na službo za pomoč uporabnikom.
reason-flow-expired = Ta stran se je vrnila na začetek, ker je minilo preveč časa ali ker se je vaš račun medtem spremenil.
    .do = Ta stran ni spremenila ničesar. Začnite znova.
reason-message-expired = Vaša zahteva je prispela prepozno in ni bila izvedena.
    .do = Nič ni bilo spremenjeno. Poskusite znova.
reason-version-mismatch = Ta stran je zastarela.
    .do = Nič ni bilo spremenjeno. Osvežite stran in poskusite znova.
reason-in-doubt = Nismo mogli potrditi, ali je novo geslo nastavljeno.
    .do = Najprej se poskusite prijaviti z novim geslom. Če ni sprejeto, začnite znova.
reason-too-short = { $minimum ->
    [one] Geslo mora imeti vsaj { $minimum } znak. Dolžina tega gesla: { $length }.
    [two] Geslo mora imeti vsaj { $minimum } znaka. Dolžina tega gesla: { $length }.
    [few] Geslo mora imeti vsaj { $minimum } znake. Dolžina tega gesla: { $length }.
   *[other] Geslo mora imeti vsaj { $minimum } znakov. Dolžina tega gesla: { $length }.
  }
    .do = Dodajte besedo ali dve.
reason-too-long = { $maximum ->
    [one] Geslo ima lahko največ { $maximum } znak. Dolžina tega gesla: { $length }.
    [two] Geslo ima lahko največ { $maximum } znaka. Dolžina tega gesla: { $length }.
    [few] Geslo ima lahko največ { $maximum } znake. Dolžina tega gesla: { $length }.
   *[other] Geslo ima lahko največ { $maximum } znakov. Dolžina tega gesla: { $length }.
  }
    .do = Izberite krajše geslo.
reason-too-few-classes = { $needed ->
    [one] Geslo mora vsebovati { $needed } vrsto znakov. V tem geslu: { $found }.
    [two] Geslo mora vsebovati { $needed } vrsti znakov. V tem geslu: { $found }.
    [few] Geslo mora vsebovati { $needed } vrste znakov. V tem geslu: { $found }.
   *[other] Geslo mora vsebovati { $needed } vrst znakov. V tem geslu: { $found }.
  }
    .do = Kombinirajte velike črke, male črke, števke in simbole.
reason-contains-account-name = Geslo vsebuje vaše uporabniško ime.
    .do = Izberite geslo brez njega.
reason-contains-display-name = Geslo vsebuje del vašega imena ali priimka.
    .do = Izberite geslo brez svojega imena in priimka.
reason-forbidden-character = Geslo vsebuje znak, ki ga v geslih ni mogoče uporabiti.
    .do = Odstranite ga ali izberite drugo geslo.
reason-used-before = { $remembered ->
    [0] To geslo ste že uporabili.
    [one] To geslo ste že uporabili. Preverja se { $remembered } zadnje geslo.
    [two] To je eno od vaših zadnjih { $remembered } gesel.
    [few] To je eno od vaših zadnjih { $remembered } gesel.
   *[other] To je eno od vaših zadnjih { $remembered } gesel.
  }
    .do = Izberite geslo, ki ga še niste uporabili.
reason-too-young = Od zadnje spremembe gesla je minilo premalo časa.
    .do = Geslo lahko znova spremenite: { $until }. Če je nujno, se obrnite na službo za pomoč uporabnikom.
reason-filter = Filter gesel vaše organizacije tega gesla ni sprejel.
    .do = Izberite geslo, ki ga je težje uganiti, brez pogostih besed.
reason-history-or-filter = Sistem računov vaše organizacije tega gesla ni sprejel. Geslo je že bilo uporabljeno ali pa ga je prelahko uganiti.
    .do = Izberite geslo, ki ga še niste uporabili, brez pogostih besed.
reason-banned-word-common = Geslo je sestavljeno iz besed ali vzorcev, ki jih uporablja veliko ljudi.
    .do = Izberite nekaj besed, ki med seboj niso povezane.
reason-banned-word-organisation = Geslo je sestavljeno iz besed, ki jih vaša organizacija ne dovoli.
    .do = Izpustite jih ali dodajte nekaj besed, ki niso povezane z vašo organizacijo.
reason-banned-word-name = Geslo vsebuje vaše ime ali ime vaše organizacije.
    .do = Imena izpustite, tudi če so zapisana s števkami ali simboli.
reason-known-from-breaches = To geslo je bilo razkrito ob uhajanju podatkov, zato ga napadalci preizkušajo.
    .do = Izberite geslo, ki ga še niste uporabili nikjer drugje. Če to geslo uporabljate še kje, ga spremenite tudi tam.
reason-directory-unreachable = Sistem računov vaše organizacije trenutno ni dosegljiv.
    .do = Nič ni bilo spremenjeno. Poskusite znova čez nekaj minut.
reason-agent-lacks-right = Ta storitev nima dovoljenja za ponastavitev vašega gesla.
    .do = Nič ni bilo spremenjeno. Obvestite službo za pomoč uporabnikom in navedite spodnjo kodo za podporo.
reason-policy-unreadable = Pravil za geslo vašega računa ni bilo mogoče prebrati.
    .do = Nič ni bilo spremenjeno. Obvestite službo za pomoč uporabnikom in navedite spodnjo kodo za podporo.
reason-clock-wrong = Ena od ur v omrežju vaše organizacije kaže napačen čas, zato ničesar ni mogoče varno spremeniti.
    .do = Obvestite službo za pomoč uporabnikom in navedite spodnjo kodo za podporo.
reason-store-unavailable = Storitev trenutno ne more shraniti vašega napredka.
    .do = Nič ni bilo spremenjeno. Poskusite znova čez nekaj minut.
reason-internal = Na naši strani je prišlo do napake.
    .do = Poskusite znova. Če se to ponovi, službi za pomoč uporabnikom sporočite spodnjo kodo za podporo.
reason-wrong-password = { $tries ->
    [one] To ni vaše trenutno geslo. Na voljo imate še { $tries } poskus.
    [two] To ni vaše trenutno geslo. Na voljo imate še { $tries } poskusa.
    [few] To ni vaše trenutno geslo. Na voljo imate še { $tries } poskuse.
   *[other] To ni vaše trenutno geslo. Na voljo imate še { $tries } poskusov.
  }
    .do = Vnesite ga znova. Če ste ga pozabili, ga raje ponastavite.
reason-not-locked = Vaš račun ni zaklenjen.
    .do = Če se ne morete prijaviti, potrebujete novo geslo. Sicer lahko to stran zaprete.
reason-not-offered = Organizacija { $tenant } tega tukaj ne ponuja.
    .do = Za pomoč se obrnite na službo za pomoč uporabnikom.
reason-account-locked = Ta račun je zaklenjen.
    .do = Na tej strani ga lahko odklenete ali ponastavite geslo.
reason-method-present = Vaš račun že ima način te vrste.
    .do = Če ga želite zamenjati, najprej odstranite starega.
reason-must-change-first = Preden lahko tukaj nadaljujete, morate spremeniti geslo.
    .do = Na tej strani izberite »Sprememba gesla«, nato se vrnite.
reason-method-not-added = Aplikacija za preverjanje pristnosti ni bila dodana, ker je bilo vnesenih preveč napačnih kod.
    .do = Dodajte jo znova in preverite, ali je ura na vaši napravi točna.
reason-password-elsewhere = Geslo tega računa se ne upravlja tukaj.
    .do = Ponastavite ga drugje: { $place }.
reason-password-not-tried = Vaše trenutno geslo ni bilo preverjeno, ker bi še nekaj napačnih poskusov zaklenilo vaš račun.
    .do = Raje ga ponastavite (trenutnega gesla za to ne potrebujete) ali se obrnite na službo za pomoč uporabnikom.
reason-too-many-from-network = Iz vašega omrežja je bilo preveč poskusov.
    .do = Uporabite drugo omrežje, na primer mobilne podatke, ali poskusite znova pozneje: { $until }. Če je nujno, se obrnite na službo za pomoč uporabnikom.

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
problem-not-accepted = Vaše zahteve ni bilo mogoče prebrati. Storitev je bila morda znova zagnana ali posodobljena.
    .do = Nič ni bilo spremenjeno. Osvežite stran in poskusite znova.
problem-malformed = Vaše zahteve ni bilo mogoče razumeti.
    .do = Nič ni bilo spremenjeno. Osvežite stran in poskusite znova.
problem-too-large = Vaša zahteva je bila prevelika.
    .do = Nič ni bilo spremenjeno. Osvežite stran in poskusite znova.
problem-message-timed-out = Prenos vaše zahteve je trajal predolgo.
    .do = Nič ni bilo spremenjeno. Preverite povezavo in poskusite znova.
problem-unsupported-media-type = Vaša zahteva je bila napačne vrste.
    .do = Nič ni bilo spremenjeno. Osvežite stran in poskusite znova.
