# What the page says at its first step, and without an answer. These texts are in the page itself:
# few bytes count.

page-title = Obnovení hesla
# The browser tab's title: what is being done, then where.
document-title = { $step } – { $tenant }
steps-label = Průběh
step-identify = Uživatelské jméno
step-gates = Ověření
step-password = Nové heslo
step-methods = Způsoby ověření
step-passed = dokončeno
# On a phone, instead of the names of all steps.
steps-now = Krok { $current }/{ $total } · { $step }
identify-title = Obnovení hesla
identify-lead = Co zadáte, zašifruje už tento prohlížeč. Přečíst to lze jen ve vlastní síti organizace { $tenant }.
identify-name = Uživatelské jméno
identify-name-hint = Jméno, kterým se přihlašujete do počítače
identify-submit = Pokračovat
identify-empty = Zadejte uživatelské jméno.
working-identify = Hledáme váš účet…
working-resume = Pokračujeme tam, kde jste skončili…
working-busy = Ještě okamžik…
working-late = Trvá to déle než obvykle. Nechte prosím tuto stránku otevřenou.
try-again = Zkusit znovu
flow-change = Změna hesla
flow-unlock = Odemknutí účtu
flow-user-name = Zapomenuté uživatelské jméno
flow-methods = Správa způsobů ověření
user-name-mail = E-mailová adresa
user-name-mail-hint = Adresa, kterou má organizace { $tenant } uloženou u vašeho účtu
user-name-empty = Zadejte e-mailovou adresu.
user-name-no-address = Zadejte e-mailovou adresu, například jmeno@example.com.
user-name-submit = Poslat uživatelské jméno
support-code = Kód pro podporu: { $code }
offline = Jste offline.
    .do = Nic se nezměnilo. Zkontrolujte připojení a zkuste to znovu.
