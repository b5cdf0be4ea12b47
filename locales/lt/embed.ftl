# What the scripts say that other sites load (embed.js, postern-reset.js). They are the same for every
# tenant, because a site can pin them.

embed-title = Slaptažodžio nustatymas iš naujo
pin-script = Šios formos scenarijus yra ne tas, kurį patvirtino ši svetainė, todėl jis nepaleistas.
    .do = Nieko neišsiųsta. Praneškite pagalbos tarnybai.
pin-wasm = Šios formos programa yra ne ta, kurią patvirtino ši svetainė, todėl ji nepaleista.
    .do = Nieko neišsiųsta. Praneškite pagalbos tarnybai.
pin-key = Slaptažodžio šifravimo raktas yra ne tas, kurį patvirtino ši svetainė, todėl nieko nepaleista.
    .do = Nieko neišsiųsta. Praneškite pagalbos tarnybai.
pin-unreachable = Iš šio puslapio nepavyksta pasiekti slaptažodžių paslaugos.
    .do = Patikrinkite ryšį ir įkelkite puslapį iš naujo. Jei tai nepadės, kreipkitės į pagalbos tarnybą.
pin-down = Šiuo metu slaptažodžių paslauga neveikia.
    .do = Nieko nepakeista. Bandykite dar kartą po kelių minučių arba kreipkitės į pagalbos tarnybą.
pin-start = Nepavyko paleisti šios formos.
    .do = Įkelkite puslapį iš naujo arba naudokite naujesnę naršyklę.
pin-setup = Ši forma netinkamai sukonfigūruota: nėra atributo { $attribute } arba jo reikšmė netinkama.
    .do = Praneškite šios svetainės prižiūrėtojams.
