# What the reset page says from its second step on. These texts travel to the browser, but not
# before they are needed.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.

## Step 2: gates

gates-title = Potvrďte, že jste to vy
gates-choose = Zvolte, jak potvrdíte, že jste to vy.
gates-second = Ještě jedno potvrzení a pak si zvolíte nové heslo.
gates-position = Potvrzení { $current } z { $total }
gate-mail = Kód e-mailem
gate-mail-to = Kód pošleme na adresu { $address }.
gate-mail-any-to = Pokud účet s tímto jménem existuje, pošleme kód na všechny e-mailové adresy, které k němu organizace { $tenant } vede.
gate-mail-send = Poslat kód
gate-mail-sent = Kód jsme poslali na adresu { $address }. Může chvíli trvat, než dorazí.
gate-mail-any-sent = Pokud tento účet existuje a má e-mailovou adresu, kód je už na cestě. Může chvíli trvat, než dorazí.
gate-mail-resend = Poslat nový kód
gate-mail-waiting = E-mail ještě nedorazil? Podívejte se do složky s nevyžádanou poštou a ověřte, že výše uvedená adresa je vaše.
gate-mail-any-waiting = E-mail ještě nedorazil? Podívejte se do složky s nevyžádanou poštou a ověřte, že jste správně zadali uživatelské jméno.
gate-mail-code = Kód z e-mailu
gate-authenticator = Ověřovací aplikace
gate-authenticator-lead = Otevřete ověřovací aplikaci a opište kód, který ukazuje pro organizaci { $tenant }.
gate-authenticator-code = Kód z aplikace
gate-sms = Kód SMS zprávou
gate-sms-to = Kód pošleme SMS zprávou na číslo { $address }.
gate-sms-any-to = Pokud účet s tímto jménem existuje, pošleme kód SMS zprávou na čísla, která k němu organizace { $tenant } vede.
gate-sms-sent = Kód jsme poslali SMS zprávou na číslo { $address }. Může chvíli trvat, než dorazí.
gate-sms-any-sent = Pokud tento účet existuje a má mobilní číslo, kód je už na cestě SMS zprávou. Může chvíli trvat, než dorazí.
gate-sms-waiting = SMS zpráva ještě nedorazila? Ověřte, že výše uvedené číslo je vaše a že telefon má signál.
gate-sms-any-waiting = SMS zpráva ještě nedorazila? Ověřte, že jste správně zadali uživatelské jméno a že telefon má signál.
gate-sms-code = Kód ze SMS zprávy
gate-voice = Kód telefonem
gate-voice-to = Zavoláme na číslo { $address } a kód vám řekneme.
gate-voice-any-to = Pokud účet s tímto jménem existuje, zavoláme na čísla, která k němu organizace { $tenant } vede, a kód vám řekneme.
gate-voice-send = Zavolat mi
gate-voice-sent = Voláme na číslo { $address }. Přijměte hovor a kód si zapište.
gate-voice-any-sent = Pokud tento účet existuje a má telefonní číslo, právě voláme. Přijměte hovor a kód si zapište.
gate-voice-resend = Zavolat mi znovu
gate-voice-waiting = Telefon nezvoní? Ověřte, že výše uvedené číslo je vaše a že telefon není ztlumený ani obsazený.
gate-voice-any-waiting = Telefon nezvoní? Ověřte, že jste správně zadali uživatelské jméno a že telefon není ztlumený ani obsazený.
gate-voice-code = Kód z hovoru
gate-passkey = Přístupový klíč
gate-passkey-lead = Vyberte přístupový klíč, který jste si nastavili pro organizaci { $tenant }. Zařízení vás požádá o otisk prstu, obličej nebo svůj PIN.
gate-passkey-use = Použít přístupový klíč
passkey-old = Tento prohlížeč přístupové klíče používat neumí.
passkey-elsewhere = Přístupové klíče fungují jen přímo na stránce pro obnovu hesla, tady ne.
passkey-cancelled = Žádný přístupový klíč nebyl použit. Zkuste to znovu, nebo použijte jiný způsob.
passkey-failed = Přístupový klíč teď použít nejde. Zkuste to znovu, nebo použijte jiný způsob.
passkey-reason-wrong-code = { $tries ->
    [one] Tento přístupový klíč nebyl přijat. Zbývá vám { $tries } pokus.
    [few] Tento přístupový klíč nebyl přijat. Zbývají vám { $tries } pokusy.
   *[other] Tento přístupový klíč nebyl přijat. Zbývá vám { $tries } pokusů.
  }
    .do = Vyberte přístupový klíč, který jste si nastavili pro tento účet, nebo použijte jiný způsob.
passkey-not-made = Žádný přístupový klíč nebyl přidán. Můžete to kdykoli zkusit znovu.
passkey-known = Toto zařízení už přístupový klíč k vašemu účtu má.
passkey-reason-method-not-added = Přístupový klíč nebyl přidán.
    .do = Přidejte ho prosím znovu.
password-reason-locked = Nesprávné heslo bylo zadáno příliš mnohokrát.
    .do = Znovu to půjde zkusit { $until }. Pokud jste heslo zapomněli, použijte obnovení hesla, nebo se obraťte na technickou podporu.
unsent-reason-sent-too-recently = Nový kód zatím poslat nejde.
    .do = Kód si můžete nechat poslat: { $until }. Do té doby použijte jiný způsob, pokud nějaký máte, nebo se obraťte na technickou podporu.
unsent-reason-too-many-codes = Kódů už jsme poslali tolik, že další teď poslat nejde.
    .do = Kód si můžete nechat poslat: { $until }. Do té doby použijte jiný způsob, pokud nějaký máte, nebo se obraťte na technickou podporu.
gate-reason-too-many-from-network = Z vaší sítě přišlo příliš mnoho pokusů.
    .do = Přístupový klíč, záložní kód nebo propustka od technické podpory dál fungují, pokud je máte. Zkuste to znovu { $until }, nebo hned z jiné sítě, například přes mobilní data. Pokud to spěchá, obraťte se na technickou podporu.
unlock-reason-not-locked = Váš účet není uzamčený.
    .do = Pokud se nemůžete přihlásit, požádejte o nové heslo technickou podporu. Jinak stránku prostě zavřete.
gate-recovery = Záložní kód
gate-recovery-lead = Napište jeden ze záložních kódů, které máte uložené. Každý platí jednou.
gate-recovery-code = Jeden z vašich záložních kódů
gate-recovery-hint = 16 písmen a číslic, například 7K3M‑01PQ‑ZX90‑4ABC
gate-pass = Propustka od technické podpory
gate-pass-lead = Napište propustku, kterou vám dala technická podpora. Platí jednou.
gate-pass-code = Propustka
gate-pass-hint = 10 písmen a číslic, například K7QXM‑2P9TR
gate-code-hint = { $digits } číslic
gate-code-until = Platí do { $until }.
gate-code-empty = Napište prosím kód.
codes-left = { $left ->
    [0] To byl váš poslední záložní kód. O nové požádejte technickou podporu.
    [one] Zbývá vám { $left } záložní kód.
    [few] Zbývají vám { $left } záložní kódy.
   *[other] Zbývá vám { $left } záložních kódů.
  }
gate-submit = Pokračovat
gate-other = Použít jiný způsob

## Step 3: the new password

password-title = Zvolte si nové heslo
password-new = Nové heslo
password-repeat = Nové heslo znovu
password-show = Zobrazit
password-hide = Skrýt
password-show-label = Zobrazit heslo
password-hide-label = Skrýt heslo
password-submit = Nastavit nové heslo
password-empty = Napište prosím nové heslo.
password-mismatch = Hesla se neshodují. Napište je prosím znovu.
password-rules = Požadavky na nové heslo
rule-length = { $minimum ->
    [one] alespoň { $minimum } znak
    [few] alespoň { $minimum } znaky
   *[other] alespoň { $minimum } znaků
  }
rule-length-so-far = { $length ->
    [one] zatím { $length }
    [few] zatím { $length }
   *[other] zatím { $length }
  }
rule-too-long = { $maximum ->
    [one] nejvýše { $maximum } znak
    [few] nejvýše { $maximum } znaky
   *[other] nejvýše { $maximum } znaků
  }
rule-characters = bez konců řádků, tabulátorů a jiných řídicích znaků
rule-classes = 3 z těchto skupin: velká písmena, malá písmena, číslice, symboly
rule-names = nic z vašeho jména ani uživatelského jména
rule-match = v obou polích stejné
rule-history = { $history ->
    [one] Jiné než vaše poslední heslo. Ověří se po odeslání.
    [few] Jiné než vaše poslední { $history } hesla. Ověří se po odeslání.
   *[other] Jiné než vašich posledních { $history } hesel. Ověří se po odeslání.
  }
rule-kept = splněno
rule-open = zatím nesplněno
rule-too-young = Heslo bylo změněno nedávno. Znovu ho půjde změnit: { $until }.

## Working, and the end

working-send = Posíláme kód…
working-answer = Ověřujeme…
working-passkey = Čekáme na váš přístupový klíč…
working-password = Nastavujeme nové heslo…
working-extend = Prodlužujeme čas…
done-title = Nové heslo je nastaveno
done-lead = Organizace { $tenant } to potvrdila. Novým heslem se můžete hned přihlásit.
done-synchronised = V cloudových službách začne platit asi do dvou minut.
done-at-once = V cloudových službách platí hned.
done-elsewhere = Telefony a další zařízení, která znají staré heslo, požádají o nové.
done-close = Tuto stránku můžete zavřít.
start-again = Začít znovu
check-again = Zjistit, jak to dopadlo
reset-there = Obnovit tam
session-until = Dokončete to prosím do { $until }.
session-ends = Z bezpečnostních důvodů začne tato stránka v { $until } od začátku.
session-extend = Potřebuji více času

## The other flows

flows-label = Potřebujete něco jiného?
gate-password = Současné heslo
gate-password-hint = I když mu skončila platnost nebo se musí změnit
gate-password-empty = Napište prosím své současné heslo.
user-name-sent-title = Podívejte se do e-mailu
user-name-sent-lead = Pokud tato adresa patří k účtu v organizaci { $tenant }, je uživatelské jméno už na cestě.
unlocked-title = Váš účet je odemčený
unlocked-lead = Organizace { $tenant } to potvrdila. Přihlaste se heslem, které už máte.

## One's own methods

methods-title = Jak můžete potvrdit, že jste to vy
methods-own = Nastaveno vámi
methods-none = Zatím nic. S vlastním způsobem si obnovíte heslo i tehdy, když nemůžete číst e-maily.
methods-left = { $left ->
    [0] Nezbývá žádný kód: vytvořte si nové
    [one] Zbývá { $left } kód
    [few] Zbývají { $left } kódy
   *[other] Zbývá { $left } kódů
  }
methods-recovery = Záložní kódy
methods-password-hint = To, kterým se přihlašujete k počítači
methods-kept = Vede organizace { $tenant }
methods-kept-hint = Pokud tu něco nesouhlasí, opraví to technická podpora.
methods-due = Zkontrolujte prosím, že všechny tyto údaje stále platí.
methods-due-confirm = Ano, všechny platí
methods-add-authenticator = Přidat ověřovací aplikaci
methods-add-recovery = Vytvořit nové záložní kódy
methods-add-passkey = Přidat přístupový klíč
methods-since = Přidáno: { $time }
methods-from = Platí od { $time }. Pokud to potřebujete dříve, obraťte se prosím na technickou podporu.
methods-title-passkey = Přidat přístupový klíč
methods-passkey-lead = Přístupový klíč je uložen ve vašem zařízení nebo ve správci hesel. Použijete ho otiskem prstu, obličejem nebo PINem zařízení: nic si nemusíte pamatovat ani psát.
methods-passkey-use = Pokračovat na tomto zařízení
methods-remove = Odebrat
methods-remove-sure = Odebrat z vašeho účtu?
methods-remove-yes = Ano, odebrat
methods-remove-no = Ne, ponechat
methods-added = Je nastaveno.
methods-removed = Je odebráno a už to neplatí.
methods-confirmed = Děkujeme. Vše je potvrzeno.
methods-give-up = Zpět bez přidání
methods-not-loaded = Část této stránky se nepodařilo načíst.
    .do = Zkontrolujte připojení a zkuste to znovu. Budete pokračovat tam, kde jste skončili.
methods-title-authenticator = Přidání ověřovací aplikace
methods-authenticator-lead = Otevřete v telefonu ověřovací aplikaci a naskenujte jí tento obrázek.
methods-authenticator-picture = QR kód pro ověřovací aplikaci
methods-authenticator-open = Nebo otevřít v aplikaci na tomto zařízení
methods-authenticator-no-picture = Obrázek se nepodařilo načíst. Přepište místo něj do aplikace klíč uvedený níže.
methods-authenticator-key = Pokud nejde nic naskenovat, přepište do aplikace tento klíč:
methods-authenticator-then = Potom opište kód, který aplikace ukazuje pro organizaci { $tenant }.
methods-title-recovery = Uložte si nové záložní kódy
methods-recovery-lead = Každý kód platí jednou, když nemáte po ruce nic jiného. Uložte je tam, kde je najdete jen vy: znovu se neukážou. Jakmile budete pokračovat, dřívější kódy přestanou platit.
methods-recovery-file = Záložní kódy pro organizaci { $tenant }
methods-kept-them = Mám je uložené
methods-copy = Kopírovat
methods-copied = Zkopírováno.
methods-not-copied = Je to označeno: zkopírujte to prosím sami.
methods-save = Uložit jako textový soubor
methods-saved = Uloženo. Přesuňte soubor na bezpečné místo.
methods-print = Vytisknout
done-methods = Abyste se vždy dostali zpět:

## When something did not work

unconfirmed = Nepodařilo se potvrdit, zda bylo nové heslo nastaveno.
    .do = Zvolte „Zjistit, jak to dopadlo“. Pokud to nepomůže, zkuste se nejprve přihlásit novým heslem.
not-from-agent = Odpověď nepřišla z vlastní sítě organizace { $tenant }, a proto jí tato stránka nevěří.
    .do = Zkuste to znovu. Pokud se to bude opakovat, dejte prosím vědět technické podpoře.
key-not-pinned = Služba pro obnovení hesla má nový klíč, který tento web zatím neschválil, a proto jí tato stránka nic neposílá.
    .do = Nic se nezměnilo. Zkuste to znovu. Pokud se to bude opakovat, dejte prosím vědět technické podpoře.
key-not-pinned-doubt = Nepodařilo se potvrdit, zda bylo nové heslo nastaveno: služba pro obnovení hesla má nový klíč, který tento web zatím neschválil.
    .do = Zkuste se nejprve přihlásit novým heslem. Pokud to nepůjde, dejte prosím vědět technické podpoře.
unchanged = Nic se nezměnilo. Můžete si znovu zvolit heslo.
