# Mails about the account, and about what staff did with a service.
mail-account-badge = Your account
mail-security-badge = Security
mail-not-you = If this was you, you need not do anything. If it was not, choose a new password at once: that signs out every device. Then write to us.
mail-not-you-button = It was not me

mail-verify-subject = Confirm your email
mail-verify-preview = One tap, and our news reaches you.
mail-verify-head = Confirm your email
mail-verify-text = { $name }, open this link and press the button. It works once, for 60 minutes.
mail-verify-button = Confirm my email
mail-verify-note = You have no account with us? Then somebody mistyped their address. You need not do anything.

mail-reset-subject = Choose a new password
mail-reset-preview = The link works once, for 60 minutes.
mail-reset-head = Choose a new password
mail-reset-text = { $name }, somebody asked for a new password for your account. The link works once, for 60 minutes.
mail-reset-button = Choose a new password
mail-reset-note = It was not you? Then leave this email; your password stays as it is. Give the link to nobody.

mail-password-subject = Your password was changed
mail-password-preview = If it was not you, act now.
mail-password-head = Your password was changed
mail-password-text = { $name }, the password of your account is a new one. All other devices are signed out.

mail-email-subject = The email of your account was changed
mail-email-preview = If it was not you, write to us now.
mail-email-head = The email of your account was changed
mail-email-text = { $name }, from now on we write to another address, and you sign in with it.
mail-email-new = New email
mail-email-button = It was not me
mail-email-note = If this was you, you need not do anything. If it was not, write to us at once: a link for a new password would go to the new address.

mail-device-subject = New sign-in to your account
mail-device-preview = If it was not you, act now.
mail-device-head = Somebody signed in from a new device
mail-device-text = { $name }, your account was opened from a device that we have not seen before.

mail-suspended-subject = { $domain } is suspended
mail-suspended-preview = Your files and mailboxes are kept.
mail-suspended-badge = Suspended
mail-suspended-head = { $domain } is suspended
mail-suspended-text = { $name }, { $domain } cannot be reached at the moment. Your files and mailboxes are kept. Write to us and we tell you how it comes back.
mail-suspended-button = Write to us
mail-reason = Reason

mail-resumed-subject = { $domain } is back
mail-resumed-preview = Website and mailboxes work again.
mail-resumed-head = { $domain } is back
mail-resumed-text = { $name }, your website and mailboxes work again. Everything is where you left it.
mail-resumed-button = See your services

mail-credentials-subject = How to get into { $domain }
mail-credentials-preview = Your username, and where you see your password.
mail-credentials-badge = Your hosting
mail-credentials-head = How to get into { $domain }
mail-credentials-text = { $name }, this is your username. You open the control panel from your page with one button; you need no second password.
mail-credentials-with-preview = Your username and your password.
mail-credentials-with-text = { $name }, these are your username and your password for the control panel. From your page you open it with one button; you need neither there.
mail-credentials-with-note = Your password is in this email: delete the email when you have put the password in a safe place.
mail-credentials-button = Open your hosting
