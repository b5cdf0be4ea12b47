# What the scripts say that other sites load (embed.js, postern-reset.js). They are the same for every
# tenant, because a site can pin them.

embed-title = Ponastavitev gesla
pin-script = Skript tega obrazca ni tisti, ki ga je odobrilo to spletno mesto, zato ni bil zagnan.
    .do = Nič ni bilo poslano. Obvestite službo za pomoč uporabnikom.
pin-wasm = Program tega obrazca ni tisti, ki ga je odobrilo to spletno mesto, zato ni bil zagnan.
    .do = Nič ni bilo poslano. Obvestite službo za pomoč uporabnikom.
pin-key = Ključ za šifriranje gesla ni tisti, ki ga je odobrilo to spletno mesto, zato ni bilo nič zagnano.
    .do = Nič ni bilo poslano. Obvestite službo za pomoč uporabnikom.
pin-unreachable = Storitev za ponastavitev gesel s te strani ni dosegljiva.
    .do = Preverite povezavo in osvežite stran. Če to ne pomaga, se obrnite na službo za pomoč uporabnikom.
pin-down = Storitev za ponastavitev gesel trenutno ni na voljo.
    .do = Nič ni bilo spremenjeno. Poskusite znova čez nekaj minut ali se obrnite na službo za pomoč uporabnikom.
pin-start = Tega obrazca ni bilo mogoče zagnati.
    .do = Osvežite stran ali uporabite sodoben brskalnik.
pin-setup = Ta obrazec ni pravilno nastavljen: atribut { $attribute } manjka ali ni pravilen.
    .do = Obvestite skrbnike tega spletnega mesta.
