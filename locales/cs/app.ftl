# What the reset page says. These texts travel to the browser.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.

page-title = Obnovení hesla
# The browser tab's title: what is being done, then where.
document-title = { $step } – { $tenant }

## The step indicator

steps-label = Průběh
step-identify = Uživatelské jméno
step-gates = Ověření
step-password = Nové heslo
step-passed = dokončeno

## Step 1: who you are

identify-title = Obnovení hesla
identify-lead = Co sem napíšete, se zašifruje už v tomto prohlížeči a přečíst to dokáže jen vlastní síť organizace { $tenant }.
identify-name = Uživatelské jméno
identify-name-hint = Jméno, kterým se přihlašujete k počítači
identify-submit = Pokračovat
identify-empty = Napište prosím své uživatelské jméno.

## Step 2: gates

gates-title = Potvrďte, že jste to vy
gates-choose = Zvolte, jak potvrdíte, že jste to vy.
gates-second = Ještě jedno potvrzení a pak si zvolíte nové heslo.
gates-position = Potvrzení { $current } z { $total }
gate-mail = Kód e-mailem
gate-mail-to = Kód pošleme na adresu { $address }.
gate-mail-send = Poslat kód
gate-mail-sent = Kód jsme poslali na adresu { $address }. Může chvíli trvat, než dorazí.
gate-mail-resend = Poslat nový kód
gate-mail-code = Kód z e-mailu
gate-authenticator = Ověřovací aplikace
gate-authenticator-lead = Otevřete ověřovací aplikaci a opište kód, který ukazuje pro organizaci { $tenant }.
gate-authenticator-code = Kód z aplikace
gate-code-hint = 6 číslic
gate-code-until = Platí do { $until }.
gate-code-empty = Napište prosím 6 číslic kódu.
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
rule-classes = 3 z těchto skupin: velká písmena, malá písmena, číslice, symboly
rule-names = nic z vašeho jména ani uživatelského jména
rule-match = v obou polích stejné
rule-on-submit = Zda už bylo použito, se ověří po odeslání.
rule-history = { $history ->
    [one] Jiné než vaše poslední heslo. Ověří se po odeslání.
    [few] Jiné než vaše poslední { $history } hesla. Ověří se po odeslání.
   *[other] Jiné než vašich posledních { $history } hesel. Ověří se po odeslání.
  }
rule-kept = splněno
rule-open = zatím nesplněno
rule-too-young = Heslo bylo změněno nedávno. Znovu ho půjde změnit: { $until }.

## Working, and the end

working-identify = Hledáme váš účet…
working-send = Posíláme kód…
working-answer = Ověřujeme kód…
working-password = Nastavujeme nové heslo…
working-resume = Pokračujeme tam, kde jste skončili…
working-extend = Prodlužujeme čas…
done-title = Nové heslo je nastaveno
done-lead = Organizace { $tenant } to potvrdila. Novým heslem se můžete hned přihlásit.
done-elsewhere = Telefony a další zařízení, která znají staré heslo, požádají o nové.
done-close = Tuto stránku můžete zavřít.
start-again = Začít znovu
try-again = Zkusit znovu
check-again = Zjistit, jak to dopadlo
session-until = Dokončete to prosím do { $until }.
session-ends = Z bezpečnostních důvodů začne tato stránka v { $until } od začátku.
session-extend = Potřebuji více času

## When something did not work

support-code = Kód pro podporu { $code }
offline = Toto zařízení není připojeno k internetu.
    .do = Nic se nezměnilo. Zkontrolujte připojení a zkuste to znovu.
unconfirmed = Nepodařilo se potvrdit, zda bylo nové heslo nastaveno.
    .do = Zvolte „Zjistit, jak to dopadlo“. Pokud to nepomůže, zkuste se nejprve přihlásit novým heslem.
not-from-agent = Odpověď nepřišla z vlastní sítě organizace { $tenant }, a proto jí tato stránka nevěří.
    .do = Zkuste to znovu. Pokud se to bude opakovat, dejte prosím vědět technické podpoře.
unchanged = Nic se nezměnilo. Můžete si znovu zvolit heslo.
