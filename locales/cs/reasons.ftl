# Every reason: what happened and, in its attribute, what to do next. These texts travel to the
# browser. Keys are `reason-` (from the agent) or `problem-` (from the portal) and the stable code.

reason-user-not-found = Účet s tímto uživatelským jménem neexistuje.
    .do = Zkontrolujte zadané jméno a zkuste to znovu.
reason-account-ambiguous = Toto uživatelské jméno patří k více účtům.
    .do = Zadejte ho i s doménou své organizace, například anna@contoso.example.
reason-account-disabled = Tento účet je deaktivovaný.
    .do = Aktivovat ho může jen technická podpora.
reason-account-expired = Platnost tohoto účtu vypršela.
    .do = O prodloužení požádejte technickou podporu.
reason-account-protected = Tento účet je zvlášť chráněný a tady ho změnit nelze.
    .do = Požádejte o pomoc správce.
reason-too-few-gates = Váš účet nemá dost způsobů ověření, abyste mohli potvrdit, že jste to vy.
    .do = Požádejte technickou podporu, aby k účtu přidala e-mailovou adresu, telefonní číslo nebo ověřovací aplikaci. Způsob přidaný během posledních 24 hodin zatím nemusí fungovat.
reason-wrong-code = { $tries ->
    [one] To není správný kód. Zbývá vám { $tries } pokus.
    [few] To není správný kód. Zbývají vám { $tries } pokusy.
   *[other] To není správný kód. Zbývá vám { $tries } pokusů.
  }
    .do = Zkontrolujte kód a zadejte ho znovu.
reason-code-expired = Tento kód už neplatí.
    .do = Nechte si poslat nový a během několika minut ho použijte.
reason-code-used = Tento kód už byl použit.
    .do = Zadejte kód, který jste ještě nepoužili. Pokud je z aplikace, počkejte na další.
reason-locked = U tohoto účtu bylo zadáno příliš mnoho nesprávných kódů.
    .do = Jiné způsoby ověření dál fungují. Pokud žádný nemáte, zkuste to znovu { $until } nebo se obraťte na technickou podporu.
reason-too-many-codes = Bylo odesláno příliš mnoho kódů.
    .do = Poslední z nich můžete použít, dokud platí. O nový můžete požádat { $until }. Do té doby použijte jiný způsob, pokud ho máte, nebo se obraťte na technickou podporu.
reason-sent-too-recently = Nový kód zatím nelze poslat.
    .do = Poslední kód můžete použít, dokud platí. O nový můžete požádat od { $until }.
reason-code-not-sent = Tímto způsobem teď kód nelze poslat.
    .do = Zkuste to znovu za několik minut nebo použijte jiný způsob, pokud ho máte. Pokud to spěchá, obraťte se na technickou podporu.
reason-flow-expired = Tato stránka se vrátila na začátek, protože uplynulo příliš mnoho času nebo se váš účet mezitím změnil.
    .do = Tato stránka nic nezměnila. Začněte prosím znovu.
reason-message-expired = Váš požadavek dorazil příliš pozdě a nebyl proveden.
    .do = Nic se nezměnilo. Zkuste to prosím znovu.
reason-version-mismatch = Tato stránka už není aktuální.
    .do = Nic se nezměnilo. Načtěte stránku znovu a zkuste to ještě jednou.
reason-in-doubt = Nepodařilo se ověřit, zda bylo nové heslo nastaveno.
    .do = Nejdříve se zkuste přihlásit novým heslem. Pokud nebude přijato, začněte znovu.
reason-too-short = { $minimum ->
    [one] Heslo musí mít alespoň { $minimum } znak. Toto jich má { $length }.
    [few] Heslo musí mít alespoň { $minimum } znaky. Toto jich má { $length }.
   *[other] Heslo musí mít alespoň { $minimum } znaků. Toto jich má { $length }.
  }
    .do = Přidejte slovo nebo dvě.
reason-too-long = { $maximum ->
    [one] Heslo může mít nejvýše { $maximum } znak. Toto jich má { $length }.
    [few] Heslo může mít nejvýše { $maximum } znaky. Toto jich má { $length }.
   *[other] Heslo může mít nejvýše { $maximum } znaků. Toto jich má { $length }.
  }
    .do = Zvolte kratší.
reason-too-few-classes = { $needed ->
    [one] Heslo musí obsahovat { $needed } druh znaků. Toto jich má { $found }.
    [few] Heslo musí obsahovat { $needed } druhy znaků. Toto jich má { $found }.
   *[other] Heslo musí obsahovat { $needed } druhů znaků. Toto jich má { $found }.
  }
    .do = Zkombinujte velká písmena, malá písmena, číslice a symboly.
reason-contains-account-name = Heslo obsahuje vaše uživatelské jméno.
    .do = Zvolte heslo bez něj.
reason-contains-display-name = Heslo obsahuje část vašeho jména.
    .do = Zvolte heslo bez svého jména a příjmení.
reason-forbidden-character = Heslo obsahuje znak, který v heslech nelze použít.
    .do = Odeberte ho nebo zvolte jiné heslo.
reason-used-before = { $remembered ->
    [0] Toto heslo jste už používali.
    [one] Toto bylo vaše poslední heslo.
    [few] Toto je jedno z vašich posledních { $remembered } hesel.
   *[other] Toto je jedno z vašich posledních { $remembered } hesel.
  }
    .do = Zvolte heslo, které jste ještě nepoužili.
reason-too-young = Heslo bylo změněno teprve nedávno.
    .do = Znovu ho můžete změnit { $until }. Pokud to spěchá, obraťte se na technickou podporu.
reason-filter = Filtr hesel vaší organizace toto heslo nepřijal.
    .do = Zvolte heslo, které se hůře uhodne a neobsahuje běžná slova.
reason-history-or-filter = Systém účtů vaší organizace toto heslo nepřijal. Buď už bylo použito, nebo se dá příliš snadno uhodnout.
    .do = Zvolte heslo, které jste ještě nepoužili a které neobsahuje běžná slova.
reason-banned-word-common = Heslo se skládá ze slov nebo vzorů, které používá mnoho lidí.
    .do = Zvolte několik slov, která spolu nesouvisejí.
reason-banned-word-organisation = Heslo se skládá ze slov, která vaše organizace nepovoluje.
    .do = Vynechte je nebo přidejte několik slov, která s vaší organizací nesouvisejí.
reason-banned-word-name = Heslo obsahuje vaše jméno nebo název vaší organizace.
    .do = Jména a názvy vynechte, i když jsou zapsané pomocí číslic nebo symbolů.
reason-known-from-breaches = Toto heslo se objevilo v únicích dat, a útočníci ho proto zkoušejí.
    .do = Zvolte heslo, které jste ještě nikde nepoužili. Pokud toto heslo máte i jinde, změňte ho i tam.
reason-directory-unreachable = Systém účtů vaší organizace teď není dostupný.
    .do = Nic se nezměnilo. Zkuste to prosím znovu za několik minut.
reason-agent-lacks-right = Tato služba nemá oprávnění obnovit vaše heslo.
    .do = Nic se nezměnilo. Dejte prosím vědět technické podpoře a sdělte jí kód pro podporu uvedený níže.
reason-policy-unreadable = Pravidla pro heslo k vašemu účtu se nepodařilo načíst.
    .do = Nic se nezměnilo. Dejte prosím vědět technické podpoře a sdělte jí kód pro podporu uvedený níže.
reason-clock-wrong = Některé hodiny v síti vaší organizace nejdou správně, a proto nelze nic bezpečně změnit.
    .do = Dejte prosím vědět technické podpoře a sdělte jí kód pro podporu uvedený níže.
reason-store-unavailable = Služba teď nemůže uložit váš postup.
    .do = Nic se nezměnilo. Zkuste to prosím znovu za několik minut.
reason-internal = Na naší straně se něco pokazilo.
    .do = Zkuste to prosím znovu. Pokud se to bude opakovat, sdělte technické podpoře kód pro podporu uvedený níže.
reason-wrong-password = { $tries ->
    [one] To není vaše současné heslo. Zbývá vám { $tries } pokus.
    [few] To není vaše současné heslo. Zbývají vám { $tries } pokusy.
   *[other] To není vaše současné heslo. Zbývá vám { $tries } pokusů.
  }
    .do = Zadejte ho znovu. Pokud jste ho zapomněli, obnovte si ho.
reason-not-locked = Váš účet není zamčený.
    .do = Pokud se nemůžete přihlásit, potřebujete nové heslo. Jinak můžete tuto stránku zavřít.
reason-not-offered = Organizace { $tenant } tuto možnost tady nenabízí.
    .do = Obraťte se na technickou podporu.
reason-account-locked = Tento účet je zamčený.
    .do = Na této stránce ho můžete odemknout nebo si obnovit heslo.
reason-method-present = Takový způsob ověření už váš účet má.
    .do = Chcete-li ho nahradit, nejdříve odeberte ten starý.
reason-must-change-first = Než tu budete pokračovat, je nutné změnit heslo.
    .do = Zvolte na této stránce „Změna hesla“ a potom se vraťte.
reason-method-not-added = Ověřovací aplikace nebyla přidána, protože bylo zadáno příliš mnoho nesprávných kódů.
    .do = Přidejte ji znovu a zkontrolujte, zda jdou hodiny vašeho zařízení správně.
reason-password-elsewhere = Heslo k tomuto účtu se tady nespravuje.
    .do = Obnovte ho prosím v jiném systému: { $place }.
reason-password-not-tried = Vaše současné heslo jsme neověřovali, protože po několika dalších nesprávných pokusech by se účet zamkl.
    .do = Místo toho si heslo obnovte (současné k tomu nepotřebujete) nebo se obraťte na technickou podporu.
reason-too-many-from-network = Z vaší sítě přišlo příliš mnoho pokusů.
    .do = Zkuste to znovu { $until } nebo použijte jinou síť, například mobilní data. Pokud to spěchá, obraťte se na technickou podporu.

problem-tenant-unknown = Tato adresa tu nepatří žádné organizaci.
    .do = Zkontrolujte adresu nebo použijte odkaz, který jste dostali od své organizace.
problem-service-down = Služba pro obnovení hesla organizace { $tenant } teď není dostupná.
    .do = Nic se nezměnilo. Zkuste to prosím znovu za několik minut nebo se obraťte na technickou podporu.
problem-tenant-not-entitled = Organizace { $tenant } tuto službu nepoužívá.
    .do = Nic se nezměnilo. Zeptejte se prosím technické podpory, jak si heslo obnovit.
problem-no-answer = Odpověď nedorazila včas.
    .do = Zkuste to prosím znovu.
problem-message-expired = Váš požadavek dorazil příliš pozdě a nebyl proveden.
    .do = Nic se nezměnilo. Zkuste to prosím znovu.
problem-too-many-requests = Z vaší sítě přišlo příliš mnoho požadavků.
    .do = Počkejte prosím minutu a zkuste to znovu.
problem-not-accepted = Váš požadavek se nepodařilo přečíst. Služba mezitím mohla být restartována nebo aktualizována.
    .do = Nic se nezměnilo. Načtěte stránku znovu a zkuste to ještě jednou.
problem-malformed = Vašemu požadavku se nepodařilo porozumět.
    .do = Nic se nezměnilo. Načtěte stránku znovu a zkuste to ještě jednou.
problem-too-large = Váš požadavek byl příliš velký.
    .do = Nic se nezměnilo. Načtěte stránku znovu a zkuste to ještě jednou.
problem-message-timed-out = Odesílání vašeho požadavku trvalo příliš dlouho.
    .do = Nic se nezměnilo. Zkontrolujte připojení a zkuste to znovu.
problem-unsupported-media-type = Váš požadavek byl nesprávného typu.
    .do = Nic se nezměnilo. Načtěte stránku znovu a zkuste to ještě jednou.
