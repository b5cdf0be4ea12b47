# What the page says at its first step, and without an answer. These texts are in the page itself:
# few bytes count.

page-title = Slaptažodžio nustatymas iš naujo
# The browser tab's title: what is being done, then where.
document-title = { $step } – { $tenant }
steps-label = Eiga
step-identify = Naudotojo vardas
step-gates = Tapatybė
step-password = Naujas slaptažodis
step-methods = Būdai
step-passed = atlikta
identify-title = Nustatykite slaptažodį iš naujo
identify-lead = Tai, ką įvedate, užšifruojama šioje naršyklėje, o perskaityti gali tik pačios organizacijos „{ $tenant }“ tinklas.
identify-name = Naudotojo vardas
identify-name-hint = Vardas, kuriuo prisijungiate prie kompiuterio
identify-submit = Tęsti
identify-empty = Įveskite naudotojo vardą.
working-identify = Ieškoma Jūsų paskyros…
working-resume = Tęsiama nuo ten, kur sustojote…
working-busy = Prašome akimirką palaukti…
try-again = Bandyti dar kartą
flow-change = Slaptažodžio keitimas
flow-unlock = Paskyros atrakinimas
flow-user-name = Pamirštas naudotojo vardas
flow-methods = Tapatybės patvirtinimo būdai
user-name-mail = El. pašto adresas
user-name-mail-hint = Adresas, kurį organizacija „{ $tenant }“ turi prie Jūsų paskyros
user-name-empty = Įveskite savo el. pašto adresą.
user-name-submit = Siųsti naudotojo vardą
support-code = Pagalbos kodas { $code }
offline = Šis įrenginys neprisijungęs prie interneto.
    .do = Nieko nepakeista. Patikrinkite ryšį ir bandykite dar kartą.
