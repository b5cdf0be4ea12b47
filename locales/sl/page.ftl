# What the server's pages say. These texts stay on the server.

language-name = Slovenščina
language-label = Jezik
help-label = Pomoč
skip-to-content = Preskoči na vsebino
needs-script-title = Ta stran potrebuje JavaScript
needs-script = Geslo se pred pošiljanjem šifrira v vašem brskalniku. Za to sta potrebna JavaScript in WebAssembly; brez njiju s te strani ni mogoče ničesar poslati.
    .do = Vklopite JavaScript ali uporabite sodoben brskalnik, nato osvežite stran.
script-failed-title = Te strani ni bilo mogoče zagnati
script-failed = Del te strani je bil blokiran, na poti do vas spremenjen ali pa potrebuje novejši brskalnik. Od tod ni mogoče ničesar poslati.
    .do = Osvežite stran ali uporabite sodoben brskalnik.
helpdesk-lead = Lahko se obrnete tudi na službo za pomoč uporabnikom organizacije { $tenant }:
copy = Kopiraj kodo za podporo
copied = Kopirano
helpdesk-mail = Pišite službi za pomoč uporabnikom: { $helpdesk }
helpdesk-link = Obrnite se na službo za pomoč uporabnikom
down-title = Trenutno ni na voljo
not-entitled-title = Tukaj ni na voljo
not-found-title = Strani ni mogoče najti
not-found = Na tem naslovu ni ničesar.
    .do = Preverite naslov ali uporabite povezavo, ki ste jo dobili od svoje organizacije.
# Below the address of an organisation, with a button that leads to its reset page.
not-found-home = Vrnite se na stran za ponastavitev gesla organizacije { $tenant }.
sandbox-link = To je peskovnik. Oglejte si račune in poštni predal
