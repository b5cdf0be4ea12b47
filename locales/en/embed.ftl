# What the scripts say that other sites load (embed.js, postern-reset.js). They are the same for every
# tenant, because a site can pin them.

embed-title = Reset your password
pin-script = The script for this form is not the one that this website has approved, so it was not started.
    .do = Nothing was sent. Please tell the helpdesk.
pin-wasm = The program for this form is not the one that this website has approved, so it was not started.
    .do = Nothing was sent. Please tell the helpdesk.
pin-key = The key that your password would be sealed to is not the one that this website has approved, so nothing was started.
    .do = Nothing was sent. Please tell the helpdesk.
pin-unreachable = The password service cannot be reached from this page.
    .do = Check the connection and reload the page. If that does not help, ask the helpdesk.
pin-down = The password service is not available right now.
    .do = Nothing was changed. Please try again in a few minutes, or ask the helpdesk.
pin-start = This form could not start.
    .do = Reload the page, or use a current browser.
pin-setup = This form is not set up right: { $attribute } is missing or is not what it should be.
    .do = Please tell the people who look after this website.
