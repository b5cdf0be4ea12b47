# What the page says at its first step, and without an answer. These texts are in the page itself:
# few bytes count.

page-title = Ponastavitev gesla
# The browser tab's title: what is being done, then where.
document-title = { $step } – { $tenant }
steps-label = Napredek
step-identify = Uporabniško ime
step-gates = Preverjanje
step-password = Novo geslo
step-methods = Načini
step-passed = končano
# On a phone, instead of the names of all steps.
steps-now = Korak { $current } od { $total } · { $step }
identify-title = Ponastavitev gesla
identify-lead = Vaš vnos se šifrira že v tem brskalniku. Prebere ga lahko samo omrežje organizacije { $tenant }.
identify-name = Uporabniško ime
identify-name-hint = Ime, s katerim se prijavljate v računalnik
identify-submit = Nadaljuj
identify-empty = Vnesite uporabniško ime.
working-identify = Iščemo vaš račun …
working-resume = Nadaljujemo, kjer ste ostali …
working-busy = Samo trenutek …
working-late = To traja dlje kot običajno. Strani ne zapirajte.
try-again = Poskusi znova
flow-change = Sprememba gesla
flow-unlock = Odklep računa
flow-user-name = Pozabljeno uporabniško ime
flow-methods = Upravljanje načinov preverjanja
user-name-mail = E-poštni naslov
user-name-mail-hint = Naslov, ki ga za vas vodi organizacija { $tenant }
user-name-empty = Vnesite e-poštni naslov.
user-name-no-address = Vnesite e-poštni naslov, na primer ime@example.com.
user-name-submit = Pošlji uporabniško ime
support-code = Koda za podporo { $code }
offline = Niste povezani z internetom.
    .do = Nič ni bilo spremenjeno. Preverite povezavo in poskusite znova.
