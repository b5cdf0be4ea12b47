# Every reason: what happened and, in its attribute, what to do. These texts travel to the browser.
# Keys are `reason-` (from the agent) or `problem-` (from the portal) and the stable code.

reason-user-not-found = Účet s tímto uživatelským jménem neexistuje.
    .do = Zkontrolujte, zda je jméno napsané správně, a zkuste to znovu.
reason-account-ambiguous = Toto uživatelské jméno patří k více účtům.
    .do = Napište ho i s doménou své organizace, například anna@contoso.example.
reason-account-disabled = Tento účet je zakázaný.
    .do = Povolit ho může jen technická podpora.
reason-account-expired = Platnost tohoto účtu skončila.
    .do = O prodloužení požádejte technickou podporu.
reason-account-protected = Tento účet je zvlášť chráněný a tady ho měnit nejde.
    .do = Obraťte se na správce.
reason-too-few-gates = U vašeho účtu není uloženo dost způsobů, jak potvrdit, že jste to vy.
    .do = Požádejte technickou podporu, aby k účtu přidala e-mailovou adresu, telefonní číslo nebo ověřovací aplikaci. Způsob, který jste přidali v posledních 24 hodinách, zatím nemusí platit.
reason-wrong-code = { $tries ->
    [one] To není správný kód. Zbývá vám { $tries } pokus.
    [few] To není správný kód. Zbývají vám { $tries } pokusy.
   *[other] To není správný kód. Zbývá vám { $tries } pokusů.
  }
    .do = Zkontrolujte kód a napište ho znovu.
reason-code-expired = Tento kód už neplatí.
    .do = Nechte si poslat nový kód a během několika minut ho použijte.
reason-code-used = Tento kód už byl použit.
    .do = Napište kód, který jste ještě nepoužili: další v pořadí, nebo jiný ze svých kódů.
reason-locked = U tohoto účtu bylo zadáno příliš mnoho nesprávných kódů.
    .do = Jiné způsoby ověření dál fungují. Pokud žádný jiný nemáte, půjde to znovu zkusit { $until }. Pokud to spěchá, obraťte se na technickou podporu.
reason-too-many-codes = Kódů už jsme poslali tolik, že další teď poslat nejde.
    .do = Poslední z nich platí, dokud nevyprší. Nový půjde poslat: { $until }. Do té doby použijte jiný způsob, pokud nějaký máte, nebo se obraťte na technickou podporu.
reason-sent-too-recently = Nový kód zatím poslat nejde.
    .do = Naposledy poslaný kód platí, dokud nevyprší. O nový si můžete říct od { $until }.
reason-code-not-sent = Tímto způsobem teď kód poslat nejde.
    .do = Zkuste to znovu za několik minut, nebo použijte jiný způsob, pokud nějaký máte. Pokud to spěchá, obraťte se na technickou podporu.
reason-flow-expired = Uplynulo příliš mnoho času, nebo se na vašem účtu mezitím něco změnilo, a proto se začíná od začátku.
    .do = Tato stránka nic nezměnila. Začněte prosím znovu.
reason-message-expired = Váš požadavek dorazil příliš pozdě a nebyl proveden.
    .do = Nic se nezměnilo. Zkuste to prosím znovu.
reason-version-mismatch = Tato stránka je zastaralá.
    .do = Nic se nezměnilo. Načtěte stránku znovu a zkuste to ještě jednou.
reason-in-doubt = Nepodařilo se potvrdit, zda bylo nové heslo nastaveno.
    .do = Zkuste se nejprve přihlásit novým heslem. Pokud nebude přijato, začněte znovu.
reason-too-short = { $minimum ->
    [one] Heslo musí mít alespoň { $minimum } znak; toto jich má { $length }.
    [few] Heslo musí mít alespoň { $minimum } znaky; toto jich má { $length }.
   *[other] Heslo musí mít alespoň { $minimum } znaků; toto jich má { $length }.
  }
    .do = Přidejte slovo nebo dvě.
reason-too-long = { $maximum ->
    [one] Heslo smí mít nejvýše { $maximum } znak; toto jich má { $length }.
    [few] Heslo smí mít nejvýše { $maximum } znaky; toto jich má { $length }.
   *[other] Heslo smí mít nejvýše { $maximum } znaků; toto jich má { $length }.
  }
    .do = Zvolte kratší heslo.
reason-too-few-classes = { $needed ->
    [one] Heslo musí obsahovat { $needed } druh znaků; toto jich má { $found }.
    [few] Heslo musí obsahovat { $needed } druhy znaků; toto jich má { $found }.
   *[other] Heslo musí obsahovat { $needed } druhů znaků; toto jich má { $found }.
  }
    .do = Kombinujte velká písmena, malá písmena, číslice a symboly.
reason-contains-account-name = Heslo obsahuje vaše uživatelské jméno.
    .do = Uživatelské jméno z něj vynechte.
reason-contains-display-name = Heslo obsahuje část vašeho jména.
    .do = Jméno a příjmení z něj vynechte.
reason-forbidden-character = Heslo obsahuje znak, který se v heslech použít nedá.
    .do = Napište ho na klávesnici, místo abyste ho vkládali.
reason-used-before = { $remembered ->
    [0] Toto heslo jste už dříve používali.
    [one] Toto bylo vaše poslední heslo.
    [few] Toto heslo je jedním z vašich posledních { $remembered } hesel.
   *[other] Toto heslo je jedním z vašich posledních { $remembered } hesel.
  }
    .do = Zvolte heslo, které jste ještě nepoužili.
reason-too-young = Heslo bylo změněno teprve nedávno.
    .do = Znovu ho půjde změnit: { $until }. Pokud to spěchá, obraťte se na technickou podporu.
reason-filter = Filtr hesel vaší organizace toto heslo nepřijal.
    .do = Zvolte heslo, které se hůře uhodne, bez běžných slov.
reason-history-or-filter = Adresář toto heslo nepřijal: buď už bylo použito, nebo se příliš snadno uhodne.
    .do = Zvolte heslo, které jste ještě nepoužili, bez běžných slov.
reason-banned-word-common = Heslo se skládá ze slov nebo vzorů, které používá mnoho lidí.
    .do = Zvolte několik slov, která spolu nesouvisejí.
reason-banned-word-organisation = Heslo se skládá ze slov, která vaše organizace nepovoluje.
    .do = Tato slova vynechte, nebo přidejte několik takových, která s vaší organizací nesouvisejí.
reason-banned-word-name = Heslo obsahuje vaše jméno nebo název vaší organizace.
    .do = Jména a názvy vynechte, i když jsou napsané s číslicemi nebo symboly.
reason-known-from-breaches = Toto heslo je známé z úniků dat, a útočníci ho proto zkoušejí.
    .do = Zvolte heslo, které jste ještě nikde nepoužili. Toto heslo změňte všude, kde ho máte.
reason-directory-unreachable = Adresář teď není dostupný.
    .do = Nic se nezměnilo. Zkuste to prosím znovu za několik minut.
reason-agent-lacks-right = Tato služba nemá oprávnění obnovit vaše heslo.
    .do = Nic se nezměnilo. Dejte prosím vědět technické podpoře a sdělte jí kód pro podporu, který vidíte níže.
reason-policy-unreadable = Pravidla pro heslo k vašemu účtu se nepodařilo načíst.
    .do = Nic se nezměnilo. Dejte prosím vědět technické podpoře a sdělte jí kód pro podporu, který vidíte níže.
reason-clock-wrong = Některé hodiny v síti vaší organizace jdou špatně, takže nelze nic bezpečně změnit.
    .do = Dejte prosím vědět technické podpoře a sdělte jí kód pro podporu, který vidíte níže.
reason-store-unavailable = Služba si teď nemůže uložit váš postup.
    .do = Nic se nezměnilo. Zkuste to prosím znovu za několik minut.
reason-internal = Na naší straně se něco pokazilo.
    .do = Zkuste to prosím znovu. Pokud se to bude opakovat, sdělte technické podpoře kód, který vidíte níže.
reason-wrong-password = { $tries ->
    [one] To není vaše současné heslo. Zbývá vám { $tries } pokus.
    [few] To není vaše současné heslo. Zbývají vám { $tries } pokusy.
   *[other] To není vaše současné heslo. Zbývá vám { $tries } pokusů.
  }
    .do = Napište ho znovu. Pokud jste ho zapomněli, použijte obnovení hesla.
reason-not-locked = Váš účet není uzamčený.
    .do = Pokud se nemůžete přihlásit, potřebujete nové heslo. Jinak stránku prostě zavřete.
reason-not-offered = Organizace { $tenant } to tady nenabízí.
    .do = Obraťte se na technickou podporu.
reason-account-locked = Tento účet je uzamčený.
    .do = Odemkněte ho, nebo obnovte heslo: obojí nabízí tato stránka.
reason-method-present = Váš účet už způsob tohoto druhu má.
    .do = Chcete-li ho vyměnit, nejdříve odeberte ten dosavadní.
reason-must-change-first = Než tu budete pokračovat, je třeba změnit heslo.
    .do = Zvolte na této stránce „Změna hesla“ a potom se vraťte.
reason-method-not-added = Ověřovací aplikace nebyla přidána: její kódy byly příliš často nesprávné.
    .do = Přidejte ji znovu a zkontrolujte, zda jdou hodiny vašeho zařízení správně.
reason-password-elsewhere = Heslo k tomuto účtu se tady nespravuje.
    .do = Obnovte ho prosím na adrese { $place }.
reason-password-not-tried = Vaše současné heslo jsme neověřovali: po několika dalších chybných pokusech by se účet uzamkl.
    .do = Heslo můžete místo toho obnovit (současné k tomu nepotřebujete), nebo se obraťte na technickou podporu.
reason-too-many-from-network = Z vaší sítě přišlo příliš mnoho pokusů.
    .do = Zkuste to znovu { $until }, nebo hned z jiné sítě, například přes mobilní data. Pokud to spěchá, obraťte se na technickou podporu.

problem-tenant-unknown = Tato adresa tu nepatří žádné organizaci.
    .do = Zkontrolujte adresu nebo použijte odkaz, který jste dostali od své organizace.
problem-service-down = Služba pro obnovení hesla organizace { $tenant } teď není dostupná.
    .do = Nic se nezměnilo. Zkuste to prosím znovu za několik minut nebo se obraťte na technickou podporu.
problem-tenant-not-entitled = Organizace { $tenant } tuto službu nevyužívá.
    .do = Nic se nezměnilo. Zeptejte se prosím technické podpory, jak heslo obnovit.
problem-no-answer = Odpověď nedorazila včas.
    .do = Zkuste to prosím znovu.
problem-message-expired = Váš požadavek dorazil příliš pozdě a nebyl proveden.
    .do = Nic se nezměnilo. Zkuste to prosím znovu.
problem-too-many-requests = Z vaší sítě přišlo příliš mnoho požadavků.
    .do = Počkejte prosím minutu a zkuste to znovu.
problem-not-accepted = Zprávu se nepodařilo otevřít. Služba mezitím mohla být obnovena.
    .do = Nic se nezměnilo. Načtěte stránku znovu a zkuste to ještě jednou.
problem-malformed = Zprávě se nepodařilo porozumět.
    .do = Nic se nezměnilo. Načtěte stránku znovu a zkuste to ještě jednou.
problem-too-large = Zpráva byla příliš velká.
    .do = Nic se nezměnilo. Načtěte stránku znovu a zkuste to ještě jednou.
problem-message-timed-out = Odesílání zprávy trvalo příliš dlouho.
    .do = Nic se nezměnilo. Zkontrolujte připojení a zkuste to znovu.
problem-unsupported-media-type = Zpráva byla nesprávného typu.
    .do = Nic se nezměnilo. Načtěte stránku znovu a zkuste to ještě jednou.
