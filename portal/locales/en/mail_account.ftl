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

mail-invitation-subject = Your account with us: choose a password
mail-invitation-preview = The link works once, for 7 days.
mail-invitation-head = Choose the password of your account
mail-invitation-text = We have made an account for this address. Open this link and choose a password; then you can sign in. The link works once, for 7 days.
mail-invitation-button = Choose a password
mail-invitation-note = You did not expect this? Then leave this email: without a password, nobody can sign in. Give the link to nobody.

mail-change-subject = The email of your account is about to change
mail-change-preview = If you did not ask for it, cancel it now.
mail-change-head = The email of your account is about to change
mail-change-text = { $name }, our staff were asked to change the email of your account. You can confirm it, or cancel it. If you do neither, it takes effect at the time below.
mail-change-when = Takes effect
mail-change-button = Confirm or cancel
mail-change-note = You did not ask for this? Cancel it: nothing is changed then. Give the link to nobody.

mail-announced-subject = This address was given to us for an account
mail-announced-preview = We write again when it takes effect.
mail-announced-head = This address was given to us for an account
mail-announced-text = Our staff were asked to make this address the email of an account. The owner of the present address can confirm or cancel it until the time below.
mail-announced-old = Present email
mail-announced-note = You have no account with us? Then somebody mistyped their address: write to us.

mail-two-factor-subject = Two-step sign-in of your account was removed
mail-two-factor-preview = If you did not ask for it, act now.
mail-two-factor-head = Two-step sign-in was removed
mail-two-factor-text = { $name }, our staff removed the second step from the sign-in of your account, and signed all devices out. Set it up again after you have signed in.
mail-two-factor-note = You did not ask for this? Choose a new password at once, and write to us.

mail-staff-changed-subject = Staff account: { $what }
mail-staff-changed-preview = Every admin is told of this.
mail-staff-changed-text = Every admin gets this mail when an account of staff is made or changed. If you do not know of it, disable the account and look at the audit log.
mail-staff-changed-account = Account
mail-staff-changed-by = Done by
mail-staff-changed-note = Done by an admin with a fresh password and code.
mail-staff-created = account made
mail-staff-edited = details changed
mail-staff-role = role changed
mail-staff-email-change = new email entered
mail-staff-disabled = account disabled
mail-staff-enabled = account enabled
mail-staff-deleted = account deleted
mail-staff-two-factor = two-step sign-in reset
