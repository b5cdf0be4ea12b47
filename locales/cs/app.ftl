# What the reset page says from its second step on. These texts travel to the browser, but not
# before they are needed.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.
# The `-any-` texts are shown for every user name alike: they must not tell whether an account exists.

## On the way

# After the user name, which stands before it: the way back to step 1.
not-you = Nejste to vy?
start-again-sure = Pokud začnete znovu, bude potřeba opět potvrdit, že jste to vy.
start-again-no = Zůstat tady

## Step 2: gates

gates-title = Potvrďte, že jste to vy
gates-choose = Vyberte způsob ověření.
# Neutral: some flows end without a new password.
gates-second = Ještě jedno ověření.
gates-position = Ověření { $current } ze { $total }
gate-mail = Kód e-mailem
gate-mail-to = Kód pošleme na adresu { $address }.
gate-mail-any-to = Pokud tento účet existuje, pošleme kód na všechny e-mailové adresy, které u něj má organizace { $tenant } uložené.
gate-mail-send = Poslat kód
gate-mail-sent = Kód jsme poslali na adresu { $address }. Může chvíli trvat, než dorazí.
gate-mail-any-sent = Pokud tento účet existuje a má e-mailovou adresu, kód jsme poslali. Může chvíli trvat, než dorazí.
gate-mail-resend = Poslat nový kód
gate-mail-resent = Nový kód jsme poslali v { $time }. Platí jen ten nejnovější.
gate-mail-waiting = E-mail nedorazil? Podívejte se do složky nevyžádané pošty a zkontrolujte, zda je adresa uvedená výše vaše.
gate-mail-any-waiting = E-mail nedorazil? Podívejte se do složky nevyžádané pošty a zkontrolujte, zda je uživatelské jméno zadané správně.
gate-mail-code = Kód z e-mailu
gate-authenticator = Ověřovací aplikace
gate-authenticator-lead = Otevřete ověřovací aplikaci a zadejte kód, který zobrazuje pro organizaci { $tenant }.
gate-authenticator-code = Kód z aplikace
gate-sms = Kód SMS zprávou
gate-sms-to = Kód pošleme SMS zprávou na číslo { $address }.
gate-sms-any-to = Pokud tento účet existuje, pošleme kód SMS zprávou na čísla, která u něj má organizace { $tenant } uložená.
gate-sms-sent = Kód jsme poslali SMS zprávou na číslo { $address }. Může chvíli trvat, než dorazí.
gate-sms-any-sent = Pokud tento účet existuje a má mobilní číslo, kód jsme poslali SMS zprávou. Může chvíli trvat, než dorazí.
gate-sms-waiting = SMS zpráva nedorazila? Zkontrolujte, zda je číslo uvedené výše vaše a zda má telefon signál.
gate-sms-any-waiting = SMS zpráva nedorazila? Zkontrolujte, zda je uživatelské jméno zadané správně a zda má telefon signál.
gate-sms-code = Kód ze SMS zprávy
gate-voice = Kód telefonickým hovorem
gate-voice-to = Zavoláme na číslo { $address } a kód vám nadiktujeme.
gate-voice-any-to = Pokud tento účet existuje, zavoláme na čísla, která u něj má organizace { $tenant } uložená, a kód nadiktujeme.
gate-voice-send = Zavolat mi
gate-voice-sent = Voláme na číslo { $address }. Přijměte hovor a kód si zapište.
gate-voice-any-sent = Pokud tento účet existuje a má telefonní číslo, právě voláme. Přijměte hovor a kód si zapište.
gate-voice-resend = Zavolat mi znovu
# Where nobody is told whether the account exists; for every method.
gate-any-resent = Nový kód byl vyžádán v { $time }. Platí jen ten nejnovější.
gate-voice-resent = Znovu jsme vám volali v { $time }. Platí jen nejnovější kód.
gate-voice-waiting = Telefon nezvoní? Zkontrolujte, zda je číslo uvedené výše vaše a zda telefon není ztlumený nebo obsazený.
gate-voice-any-waiting = Telefon nezvoní? Zkontrolujte, zda je uživatelské jméno zadané správně a zda telefon není ztlumený nebo obsazený.
gate-voice-code = Kód z hovoru
gate-passkey = Přístupový klíč
gate-passkey-lead = Vyberte přístupový klíč, který jste si nastavili pro organizaci { $tenant }. Zařízení vás vyzve k ověření otiskem prstu, obličejem nebo PINem.
gate-passkey-use = Použít přístupový klíč
passkey-old = Tento prohlížeč nepodporuje přístupové klíče.
passkey-elsewhere = Přístupové klíče fungují jen přímo na stránce pro obnovení hesla, tady ne.
passkey-cancelled = Přístupový klíč nebyl použit. Zkuste to znovu nebo použijte jiný způsob.
passkey-failed = Přístupový klíč se nepodařilo použít. Zkuste to znovu nebo použijte jiný způsob.
passkey-reason-wrong-code = { $tries ->
    [one] Tento přístupový klíč nebyl přijat. Zbývá vám { $tries } pokus.
    [few] Tento přístupový klíč nebyl přijat. Zbývají vám { $tries } pokusy.
   *[other] Tento přístupový klíč nebyl přijat. Zbývá vám { $tries } pokusů.
  }
    .do = Vyberte přístupový klíč, který jste si nastavili pro tento účet, nebo použijte jiný způsob.
passkey-not-made = Přístupový klíč nebyl přidán. Kdykoli to můžete zkusit znovu.
passkey-known = Toto zařízení už má přístupový klíč k vašemu účtu.
passkey-reason-method-not-added = Přístupový klíč se nepodařilo přidat.
    .do = Zkuste ho prosím přidat znovu.
password-reason-locked = Nesprávné heslo bylo zadáno příliš mnohokrát.
    .do = Znovu to můžete zkusit { $until }. Pokud jste heslo zapomněli, obnovte si ho nebo se obraťte na technickou podporu.
unsent-reason-sent-too-recently = Nový kód zatím nelze poslat.
    .do = Požádat o něj můžete od { $until }. Do té doby použijte jiný způsob, pokud ho máte, nebo se obraťte na technickou podporu.
unsent-reason-too-many-codes = Bylo odesláno příliš mnoho kódů.
    .do = O nový kód můžete požádat { $until }. Do té doby použijte jiný způsob, pokud ho máte, nebo se obraťte na technickou podporu.
gate-reason-too-many-from-network = Z vaší sítě přišlo příliš mnoho pokusů.
    .do = Pokud máte přístupový klíč, záložní kód nebo jednorázový kód od technické podpory, můžete je dál používat. Jinak to zkuste znovu { $until } nebo použijte jinou síť, například mobilní data. Pokud to spěchá, obraťte se na technickou podporu.
gate-recovery = Záložní kód
gate-recovery-lead = Zadejte jeden z uložených záložních kódů. Každý lze použít jen jednou.
gate-recovery-code = Váš záložní kód
gate-recovery-hint = 16 písmen a číslic, například 7K3M‑01PQ‑ZX90‑4ABC
gate-pass = Jednorázový kód od podpory
gate-pass-lead = Zadejte jednorázový kód, který jste dostali od technické podpory.
gate-pass-code = Kód od technické podpory
gate-pass-hint = 10 písmen a číslic, například K7QXM‑2P9TR
gate-code-hint = { $digits } číslic
gate-code-until = Platí do { $until }.
gate-code-empty = Zadejte kód.
gate-code-length = Kód má { $digits } číslic. Zkontrolujte ho a zadejte znovu.
gate-code-expired = Platnost tohoto kódu vypršela. Nechte si poslat nový.
# Where another tab of this page asked for a code later: each tab takes its own alone. Shown for every
# user name alike, so it does not say that a code was sent.
gate-other-tab = V jiné kartě nebo okně jste si v { $time } vyžádali novější kód. Platí jen tam. Tady zadejte kód, který jste si vyžádali v { $sent }.
# The time of the code that is right here is not known, or is the same minute.
gate-other-tab-before = V jiné kartě nebo okně jste si v { $time } vyžádali novější kód. Platí jen tam. Tady zadejte kód, který jste si vyžádali předtím.
# The advice before the last attempt, by what comes after it.
last-try-of-code = Kód pečlivě zkontrolujte. Pokud nebude správný ani tentokrát, budete potřebovat nový.
last-try-of-flow = Kód pečlivě zkontrolujte. Pokud nebude správný ani tentokrát, budete muset začít znovu.
last-try = Kód pečlivě zkontrolujte. Pokud nebude správný ani tentokrát, půjde tento způsob použít až později.
codes-left = { $left ->
    [0] Použili jste poslední záložní kód. O nové požádejte technickou podporu.
    [one] Zbývá vám { $left } záložní kód.
    [few] Zbývají vám { $left } záložní kódy.
   *[other] Zbývá vám { $left } záložních kódů.
  }
gate-submit = Pokračovat
gates-more = Další způsoby
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
caps-lock = Je zapnutý Caps Lock.
password-empty = Zadejte nové heslo.
password-mismatch = Hesla se neshodují. Zadejte je znovu.
# Every rule continues this sentence.
password-rules = Zvolte heslo, které:
rule-length = { $minimum ->
    [one] má alespoň { $minimum } znak
    [few] má alespoň { $minimum } znaky
   *[other] má alespoň { $minimum } znaků
  }
# In brackets after `rule-length`.
rule-length-so-far = { $length ->
    [one] zatím { $length }
    [few] zatím { $length }
   *[other] zatím { $length }
  }
rule-too-long = { $maximum ->
    [one] má nejvýše { $maximum } znak
    [few] má nejvýše { $maximum } znaky
   *[other] má nejvýše { $maximum } znaků
  }
rule-characters = neobsahuje konce řádků, tabulátory ani jiné řídicí znaky
rule-classes = obsahuje alespoň 3 z těchto skupin: velká písmena, malá písmena, číslice, symboly
rule-names = neobsahuje uživatelské jméno ani žádnou část vašeho jména
# Below the second field, in a list of its own.
rule-match = Hesla v obou polích se shodují
rule-history = { $history ->
    [one] je jiné než vaše poslední heslo (ověří se po odeslání)
    [few] je jiné než vaše poslední { $history } hesla (ověří se po odeslání)
   *[other] je jiné než vašich posledních { $history } hesel (ověří se po odeslání)
  }
# The state of a rule, in brackets after it, for screen readers.
rule-kept = splněno
rule-open = zatím nesplněno
rule-broken = nesplněno
rule-too-young = Heslo bylo změněno nedávno. Znovu ho můžete změnit { $until }.

## Working, and the end

working-send = Posíláme kód…
working-answer = Ověřujeme…
working-passkey = Čekáme na váš přístupový klíč…
working-password = Nastavujeme nové heslo…
working-extend = Žádáme o více času…
done-title = Nové heslo je nastavené
done-lead = Organizace { $tenant } změnu potvrdila. Teď se můžete přihlásit novým heslem.
done-synchronised = V cloudových službách začne platit asi do dvou minut.
done-at-once = V cloudových službách platí hned.
done-elsewhere = Telefony a další zařízení, která ještě používají staré heslo, vás požádají o nové.
sign-in = Přihlásit se
done-close = Tuto stránku můžete zavřít.
start-again = Začít znovu
check-again = Zjistit výsledek
reset-there = Obnovit heslo tam
# After more time was asked for.
session-until = Teď máte čas do { $until }.
session-ends = Z bezpečnostních důvodů se tato stránka v { $until } vrátí na začátek.
session-extend = Potřebuji více času

## The other flows

flows-label = Potřebujete něco jiného?
gate-password = Současné heslo
gate-password-hint = I když vypršela jeho platnost nebo je nutné ho změnit
gate-password-empty = Zadejte současné heslo.
user-name-sent-title = Podívejte se do e-mailu
user-name-sent-lead = Pokud tato adresa patří k účtu v organizaci { $tenant }, poslali jsme na ni uživatelské jméno.
not-locked-title = Váš účet není zamčený
not-locked-lead = Není co odemykat. Můžete se přihlásit současným heslem.
not-locked-reset = Zapomněli jste ho? Můžete si teď zvolit nové.
unlocked-title = Váš účet je odemčený
unlocked-lead = Organizace { $tenant } odemknutí potvrdila. Můžete se přihlásit současným heslem.

## The user's own security methods

methods-title = Vaše způsoby ověření
methods-own = Nastavili jste si
methods-none = Zatím nic. Přidejte si způsob, díky kterému heslo obnovíte, i když se nedostanete ke svému e-mailu.
methods-left = { $left ->
    [0] Nezbývá žádný kód – vytvořte si nové
    [one] Zbývá { $left } kód
    [few] Zbývají { $left } kódy
   *[other] Zbývá { $left } kódů
  }
methods-recovery = Záložní kódy
methods-password-hint = Heslo, kterým se přihlašujete do počítače
methods-kept = Spravuje organizace { $tenant }
methods-kept-hint = Pokud tu něco nesouhlasí, technická podpora to opraví.
methods-due = Zkontrolujte prosím, zda je tu všechno stále správně.
methods-due-confirm = Ano, vše je správně
methods-add-authenticator = Přidat ověřovací aplikaci
methods-add-recovery = Vytvořit záložní kódy
methods-add-passkey = Přidat přístupový klíč
methods-since = Přidáno { $time }
methods-from = Použít půjde až { $time }. Pokud to potřebujete dříve, obraťte se na technickou podporu.
methods-title-passkey = Přidání přístupového klíče
methods-passkey-lead = Přístupový klíč se uloží ve vašem zařízení nebo ve správci hesel. Použijete ho otiskem prstu, obličejem nebo PINem zařízení, takže si nemusíte nic pamatovat ani nic psát.
methods-passkey-use = Použít toto zařízení
methods-remove = Odebrat
methods-remove-sure = Odebrat z vašeho účtu?
methods-remove-yes = Ano, odebrat
methods-remove-no = Ne, ponechat
# Some new methods work only from the next day on (`methods-from`): this must not say “now”.
methods-added = Přidáno k vašemu účtu.
methods-removed = Odebráno. Tento způsob už neplatí.
methods-confirmed = Děkujeme. Vše je potvrzeno.
# The button that leaves the methods, and the last screen.
methods-done = Hotovo
methods-finished-title = Vše je nastavené
methods-finished-lead = Vaše způsoby ověření jsou aktuální.
# The button to go on was pressed before the codes were copied, saved or printed.
recovery-not-kept = Nejdříve si záložní kódy uložte.
    .do = Zkopírujte je, uložte do souboru nebo vytiskněte. Znovu se nezobrazí.
methods-give-up = Zrušit
methods-not-loaded = Část této stránky se nepodařilo načíst.
    .do = Zkontrolujte připojení a zkuste to znovu. Budete pokračovat tam, kde jste skončili.
methods-title-authenticator = Přidání ověřovací aplikace
methods-authenticator-lead = Otevřete v telefonu ověřovací aplikaci a naskenujte tento QR kód.
methods-authenticator-picture = QR kód pro ověřovací aplikaci
methods-authenticator-open = Nebo otevřít v aplikaci na tomto zařízení
methods-authenticator-no-picture = QR kód se nepodařilo načíst. Zadejte místo něj do aplikace klíč uvedený níže.
methods-authenticator-key = Nejde naskenovat? Zadejte do aplikace tento klíč:
methods-authenticator-then = Potom zadejte kód, který aplikace zobrazuje pro organizaci { $tenant }.
methods-title-recovery = Uložte si záložní kódy
methods-recovery-lead = Pomohou vám, když nemůžete použít jiný způsob ověření. Každý kód platí jen jednou. Uložte si je tam, kde je najdete jen vy: znovu se nezobrazí. Jakmile budete pokračovat, případné starší kódy přestanou platit.
methods-recovery-file = Záložní kódy pro organizaci { $tenant }
methods-kept-them = Kódy mám uložené
methods-copy = Kopírovat
methods-copied = Zkopírováno.
methods-not-copied = Automaticky se zkopírovat nepodařilo. Text je označený, stačí ho zkopírovat.
methods-save = Uložit jako textový soubor
methods-saved = Uloženo. Přesuňte soubor na bezpečné místo.
methods-print = Vytisknout
done-methods = Abyste se ke svému účtu vždy dostali:

## When something did not work

unconfirmed = Nepodařilo se ověřit, zda bylo nové heslo nastaveno.
    .do = Zvolte „Zjistit výsledek“. Pokud to nepomůže, zkuste se přihlásit novým heslem.
not-from-agent = Odpověď nepřišla z vlastní sítě organizace { $tenant }, a proto byla odmítnuta.
    .do = Zkuste to znovu. Pokud se to bude opakovat, dejte prosím vědět technické podpoře.
key-not-pinned = Služba pro obnovení hesla má nový šifrovací klíč, který tento web zatím neschválil. Tato stránka jí proto nic neodešle.
    .do = Nic se nezměnilo. Zkuste to znovu. Pokud se to bude opakovat, dejte prosím vědět technické podpoře.
key-not-pinned-doubt = Nepodařilo se ověřit, zda bylo nové heslo nastaveno: služba pro obnovení hesla má nový šifrovací klíč, který tento web zatím neschválil.
    .do = Zkuste se přihlásit novým heslem. Pokud to nepůjde, dejte prosím vědět technické podpoře.
unchanged = Nic se nezměnilo. Nové heslo si můžete zvolit znovu.
