# What the server's pages say. These texts stay on the server.

language-name = Slovenščina
language-label = Jezik
skip-to-content = Preskoči na vsebino
needs-script-title = Ta stran potrebuje JavaScript
needs-script = Geslo se pred pošiljanjem šifrira v vašem brskalniku, za to pa sta potrebna JavaScript in WebAssembly. Brez njiju s te strani ni mogoče ničesar poslati.
    .do = Vklopite JavaScript ali uporabite sodoben brskalnik in znova naložite stran.
script-failed-title = Te strani ni bilo mogoče zagnati
script-failed = Del te strani je bil blokiran, na poti spremenjen ali pa potrebuje novejši brskalnik. Od tod ni mogoče ničesar poslati.
    .do = Znova naložite stran ali uporabite sodoben brskalnik.
helpdesk-lead = Lahko se obrnete tudi na službo za pomoč uporabnikom organizacije { $tenant }:
copy = Kopiraj kodo za podporo
copied = Kopirano
helpdesk-mail = Pišite službi za pomoč uporabnikom: { $helpdesk }
helpdesk-link = Obrnite se na službo za pomoč uporabnikom
down-title = Storitev trenutno ni na voljo
not-entitled-title = Tukaj ni na voljo
not-found-title = Tukaj ni nobene strani
not-found = Ta naslov tukaj ne pripada nobeni organizaciji.
    .do = Preverite naslov ali uporabite povezavo, ki ste jo dobili od svoje organizacije.
sandbox-link = To je peskovnik. Oglejte si račune in poštni predal
