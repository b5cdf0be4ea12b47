# What the scripts say that other sites load (embed.js, postern-reset.js). They are the same for every
# tenant, because a site can pin them.

embed-title = Obnovení hesla
pin-script = Skript tohoto formuláře neodpovídá tomu, který tento web schválil, a proto se nespustil.
    .do = Nic se neodeslalo. Dejte prosím vědět technické podpoře.
pin-wasm = Program tohoto formuláře neodpovídá tomu, který tento web schválil, a proto se nespustil.
    .do = Nic se neodeslalo. Dejte prosím vědět technické podpoře.
pin-key = Klíč k zašifrování vašeho hesla neodpovídá tomu, který tento web schválil, a proto se nic nespustilo.
    .do = Nic se neodeslalo. Dejte prosím vědět technické podpoře.
pin-unreachable = Z této stránky se nelze spojit se službou pro obnovení hesla.
    .do = Zkontrolujte připojení a načtěte stránku znovu. Pokud to nepomůže, obraťte se na technickou podporu.
pin-down = Služba pro obnovení hesla teď není dostupná.
    .do = Nic se nezměnilo. Zkuste to prosím znovu za několik minut nebo se obraťte na technickou podporu.
pin-start = Formulář se nepodařilo spustit.
    .do = Načtěte stránku znovu nebo použijte aktuální prohlížeč.
pin-setup = Formulář není správně nastavený: atribut { $attribute } chybí nebo má chybnou hodnotu.
    .do = Dejte prosím vědět správcům tohoto webu.
