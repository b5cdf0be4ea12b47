# What the page says at its first step, and without an answer. These texts are in the page itself:
# few bytes count.

page-title = Slaptažodžio nustatymas iš naujo
# The browser tab's title: what is being done, then where.
document-title = { $step } – { $tenant }
steps-label = Eiga
step-identify = Naudotojo vardas
step-gates = Patvirtinimas
step-password = Naujas slaptažodis
step-methods = Būdai
step-passed = atlikta
# On a phone, instead of the names of all steps.
steps-now = { $current } veiksmas iš { $total } · { $step }
identify-title = Nustatykite slaptažodį iš naujo
identify-lead = Įvedami duomenys užšifruojami šioje naršyklėje. Juos perskaityti gali tik organizacijos „{ $tenant }“ tinklas.
identify-name = Naudotojo vardas
identify-name-hint = Vardas, kuriuo prisijungiate prie kompiuterio
identify-submit = Tęsti
identify-empty = Įveskite naudotojo vardą.
working-identify = Ieškoma Jūsų paskyros…
working-resume = Tęsiama nuo ten, kur sustojote…
working-busy = Akimirką…
working-late = Tai trunka ilgiau nei įprastai. Neužverkite šio puslapio.
try-again = Bandyti dar kartą
flow-change = Slaptažodžio keitimas
flow-unlock = Paskyros atrakinimas
flow-user-name = Naudotojo vardo priminimas
flow-methods = Patvirtinimo būdų tvarkymas
user-name-mail = El. pašto adresas
user-name-mail-hint = Jūsų adresas, žinomas organizacijai „{ $tenant }“
user-name-empty = Įveskite el. pašto adresą.
user-name-no-address = Įveskite el. pašto adresą, pavyzdžiui, vardas@example.com.
user-name-submit = Siųsti naudotojo vardą
support-code = Pagalbos kodas { $code }
offline = Nėra interneto ryšio.
    .do = Nieko nepakeista. Patikrinkite ryšį ir bandykite dar kartą.
