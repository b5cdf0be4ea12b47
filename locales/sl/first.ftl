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
identify-title = Ponastavitev gesla
identify-lead = Vse, kar vnesete, se šifrira že v tem brskalniku, prebere pa lahko to samo lastno omrežje organizacije { $tenant }.
identify-name = Uporabniško ime
identify-name-hint = Ime, s katerim se prijavljate v računalnik
identify-submit = Nadaljuj
identify-empty = Vnesite uporabniško ime.
working-identify = Iščemo vaš račun …
working-resume = Nadaljujemo, kjer ste ostali …
working-busy = Samo trenutek, prosimo …
try-again = Poskusi znova
flow-change = Sprememba gesla
flow-unlock = Odklep računa
flow-user-name = Pozabljeno uporabniško ime
flow-methods = Nastavitev načinov potrjevanja
user-name-mail = E-poštni naslov
user-name-mail-hint = Naslov, ki ga ima organizacija { $tenant } shranjenega pri vašem računu
user-name-empty = Vnesite svoj e-poštni naslov.
user-name-submit = Pošlji moje uporabniško ime
support-code = Koda za podporo { $code }
offline = Ta naprava nima internetne povezave.
    .do = Nič ni bilo spremenjeno. Preverite povezavo in poskusite znova.
