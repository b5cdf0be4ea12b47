# What the page says at its first step, and without an answer. These texts are in the page itself:
# few bytes count.

page-title = Obnovení hesla
# The browser tab's title: what is being done, then where.
document-title = { $step } – { $tenant }
steps-label = Průběh
step-identify = Uživatelské jméno
step-gates = Ověření
step-password = Nové heslo
step-methods = Způsoby
step-passed = dokončeno
identify-title = Obnovení hesla
identify-lead = Co sem napíšete, se zašifruje už v tomto prohlížeči a přečíst to dokáže jen vlastní síť organizace { $tenant }.
identify-name = Uživatelské jméno
identify-name-hint = Jméno, kterým se přihlašujete k počítači
identify-submit = Pokračovat
identify-empty = Napište prosím své uživatelské jméno.
working-identify = Hledáme váš účet…
working-resume = Pokračujeme tam, kde jste skončili…
working-busy = Ještě okamžik, prosím…
try-again = Zkusit znovu
flow-change = Změna hesla
flow-unlock = Odemknutí účtu
flow-user-name = Zapomenuté uživatelské jméno
flow-methods = Nastavení způsobů ověření
user-name-mail = E-mailová adresa
user-name-mail-hint = Adresa, kterou má organizace { $tenant } uloženou u vašeho účtu
user-name-empty = Napište prosím svou e-mailovou adresu.
user-name-submit = Poslat mé uživatelské jméno
support-code = Kód pro podporu { $code }
offline = Toto zařízení není připojeno k internetu.
    .do = Nic se nezměnilo. Zkontrolujte připojení a zkuste to znovu.
