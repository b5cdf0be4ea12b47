# What the scripts say that other sites load (embed.js, postern-reset.js). They are the same for every
# tenant, because a site can pin them.

embed-title = Reset your password
pin-script = The script for this form isn’t the one this website has approved, so it wasn’t started.
    .do = Nothing was sent. Please tell the helpdesk.
pin-wasm = The program for this form isn’t the one this website has approved, so it wasn’t started.
    .do = Nothing was sent. Please tell the helpdesk.
pin-key = The key for encrypting your password isn’t the one this website has approved, so nothing was started.
    .do = Nothing was sent. Please tell the helpdesk.
pin-unreachable = The password service can’t be reached from this page.
    .do = Check your connection and reload the page. If that doesn’t help, ask the helpdesk.
pin-down = The password service isn’t available right now.
    .do = Nothing was changed. Please try again in a few minutes, or ask the helpdesk.
pin-start = This form couldn’t start.
    .do = Reload the page, or use a current browser.
pin-setup = This form isn’t set up correctly: { $attribute } is missing or incorrect.
    .do = Please tell the people who look after this website.
