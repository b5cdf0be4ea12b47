# What the scripts say that other sites load (embed.js, postern-reset.js). They are the same for every
# tenant, because a site can pin them.

embed-title = Obnovení hesla
pin-script = Skript tohoto formuláře není ten, který tento web schválil, a proto nebyl spuštěn.
    .do = Nic se neodeslalo. Oznamte to prosím technické podpoře.
pin-wasm = Program tohoto formuláře není ten, který tento web schválil, a proto nebyl spuštěn.
    .do = Nic se neodeslalo. Oznamte to prosím technické podpoře.
pin-key = Klíč, kterým by se vaše heslo zašifrovalo, není ten, který tento web schválil, a proto se nic nespustilo.
    .do = Nic se neodeslalo. Oznamte to prosím technické podpoře.
pin-unreachable = Službu pro obnovení hesla nelze z této stránky zastihnout.
    .do = Zkontrolujte připojení a načtěte stránku znovu. Pokud to nepomůže, obraťte se na technickou podporu.
pin-down = Služba pro obnovení hesla teď není dostupná.
    .do = Nic se nezměnilo. Zkuste to prosím znovu za několik minut nebo se obraťte na technickou podporu.
pin-start = Formulář se nepodařilo spustit.
    .do = Načtěte stránku znovu nebo použijte aktuální prohlížeč.
pin-setup = Formulář není správně nastaven: { $attribute } chybí, nebo není takový, jaký má být.
    .do = Oznamte to prosím správcům tohoto webu.
