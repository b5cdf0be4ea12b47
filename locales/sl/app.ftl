# What the reset page says. These texts travel to the browser.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.

page-title = Ponastavitev gesla
# The browser tab's title: what is being done, then where.
document-title = { $step } – { $tenant }

## The step indicator

steps-label = Napredek
step-identify = Uporabniško ime
step-gates = Preverjanje
step-password = Novo geslo
step-passed = končano

## Step 1: who you are

identify-title = Ponastavitev gesla
identify-lead = Vse, kar vnesete, se šifrira že v tem brskalniku, prebere pa lahko to samo lastno omrežje organizacije { $tenant }.
identify-name = Uporabniško ime
identify-name-hint = Ime, s katerim se prijavljate v računalnik
identify-submit = Nadaljuj
identify-empty = Vnesite uporabniško ime.

## Step 2: gates

gates-title = Potrdite, da ste to vi
gates-choose = Izberite, kako boste potrdili, da ste to vi.
gates-second = Še ena potrditev, nato izberete novo geslo.
gates-position = Potrditev { $current } od { $total }
gate-mail = Koda po e-pošti
gate-mail-to = Kodo bomo poslali na naslov { $address }.
gate-mail-send = Pošlji kodo
gate-mail-sent = Kodo smo poslali na naslov { $address }. Morda bo prispela šele čez kakšno minuto.
gate-mail-resend = Pošlji novo kodo
gate-mail-code = Koda iz e-poštnega sporočila
gate-authenticator = Aplikacija za preverjanje pristnosti
gate-authenticator-lead = Odprite aplikacijo za preverjanje pristnosti in vnesite kodo, ki jo prikazuje za organizacijo { $tenant }.
gate-authenticator-code = Koda iz aplikacije
gate-code-hint = 6 števk
gate-code-until = Velja do { $until }.
gate-code-empty = Vnesite 6 števk kode.
gate-submit = Nadaljuj
gate-other = Uporabi drug način

## Step 3: the new password

password-title = Izberite novo geslo
password-new = Novo geslo
password-repeat = Ponovite novo geslo
password-show = Pokaži
password-hide = Skrij
password-show-label = Pokaži geslo
password-hide-label = Skrij geslo
password-submit = Nastavi novo geslo
password-empty = Vnesite novo geslo.
password-mismatch = Gesli se ne ujemata. Vnesite ju znova.
password-rules = Zahteve za novo geslo
rule-length = { $minimum ->
    [one] vsaj { $minimum } znak
    [two] vsaj { $minimum } znaka
    [few] vsaj { $minimum } znaki
   *[other] vsaj { $minimum } znakov
  }
rule-length-so-far = { $length ->
    [one] doslej { $length }
    [two] doslej { $length }
    [few] doslej { $length }
   *[other] doslej { $length }
  }
rule-too-long = { $maximum ->
    [one] največ { $maximum } znak
    [two] največ { $maximum } znaka
    [few] največ { $maximum } znaki
   *[other] največ { $maximum } znakov
  }
rule-classes = 3 od teh skupin: velike črke, male črke, števke, simboli
rule-names = brez delov vašega imena in uporabniškega imena
rule-match = enako v obeh poljih
rule-on-submit = Ali je bilo že uporabljeno, se preveri ob oddaji.
rule-history = { $history ->
    [one] Drugačno kot zadnje { $history } geslo. To se preveri ob oddaji.
    [two] Drugačno kot zadnji { $history } gesli. To se preveri ob oddaji.
    [few] Drugačno kot zadnja { $history } gesla. To se preveri ob oddaji.
   *[other] Drugačno kot zadnjih { $history } gesel. To se preveri ob oddaji.
  }
rule-kept = izpolnjeno
rule-open = še ni izpolnjeno
rule-too-young = Geslo je bilo nedavno spremenjeno. Znova ga bo mogoče spremeniti: { $until }.

## Working, and the end

working-identify = Iščemo vaš račun …
working-send = Pošiljamo kodo …
working-answer = Preverjamo kodo …
working-password = Nastavljamo novo geslo …
working-resume = Nadaljujemo, kjer ste ostali …
working-extend = Podaljšujemo čas …
done-title = Novo geslo je nastavljeno
done-lead = Organizacija { $tenant } je to potrdila. Zdaj se lahko prijavite z novim geslom.
done-elsewhere = Telefoni in druge naprave, ki poznajo staro geslo, bodo zahtevali novo.
done-close = To stran lahko zaprete.
start-again = Začni znova
try-again = Poskusi znova
check-again = Preveri, kaj se je zgodilo
session-until = Končajte do { $until }.
session-ends = Zaradi vaše varnosti se bo ta stran ob { $until } začela znova.
session-extend = Potrebujem več časa

## When something did not work

support-code = Koda za podporo { $code }
offline = Ta naprava nima internetne povezave.
    .do = Nič ni bilo spremenjeno. Preverite povezavo in poskusite znova.
unconfirmed = Ni bilo mogoče potrditi, ali je novo geslo nastavljeno.
    .do = Izberite „Preveri, kaj se je zgodilo“. Če to ne pomaga, se najprej poskusite prijaviti z novim geslom.
not-from-agent = Odgovor ni prišel iz lastnega omrežja organizacije { $tenant }, zato mu ta stran ne zaupa.
    .do = Poskusite znova. Če se bo ponovilo, to sporočite službi za pomoč uporabnikom.
unchanged = Nič ni bilo spremenjeno. Geslo lahko izberete znova.
