# The customer's own account: details, signing in, what happened, deleting it.
profile-description = Your name, your addresses, your password.
profile-details = Your details
profile-safety = Safety
profile-name = Name
profile-no-phone = None yet
profile-password-value = Known only to you
profile-save-name = Save the name
profile-save-email = Save the email
profile-save-phone = Save the number
profile-save-password = Save the password
profile-security-text = Two-step sign-in, and where you are signed in.
profile-activity-text = What was done with your account, and from where.
profile-delete-text = For good. Your orders stay, without your name.
profile-delete-later = Possible once no service of yours is running or being paid for.
profile-viewed = Only the customer can change this.
email-confirmed = Confirmed
email-unconfirmed = Not confirmed

saved-name = Your name is saved.
saved-email = Your email is changed. Your old address has been told.
saved-phone = Your number is saved.
saved-password = Your password is changed. Your other devices are signed out.
saved-verified = Your email is confirmed.
saved-session = This device is signed out.
saved-sessions = Your other devices are signed out.
saved-two-factor-on = Two-step sign-in is on.
saved-two-factor-off = Two-step sign-in is off.
saved-codes = Your new recovery codes are ready. The old ones do not work any more.

security-title = Security and devices
two-factor-title = Two-step sign-in
two-factor-badge-on = Two steps
two-factor-on = On
two-factor-why = With it, signing in asks for a code from your phone as well. Somebody who has learnt your password still cannot get in.
two-factor-start = Set it up
two-factor-step-app = Install an authenticator app on your phone: Google Authenticator, Aegis, 2FAS or another one.
two-factor-step-scan = Scan this picture with the app.
two-factor-qr = QR code for the authenticator app
two-factor-open = Open the app on this phone,
two-factor-key = or enter this key in it by hand:
two-factor-copy = Copy the key
two-factor-confirm = Switch it on
two-factor-not-now = Not now
two-factor-on-text = Signing in asks for your password and a code from your phone.
two-factor-second = Second step
two-factor-second-value = Code from your phone
two-factor-off-do = Switch off
two-factor-off-text = Signing in will ask for your password only.
two-factor-off-button = Switch two-step sign-in off
two-factor-unverified = First confirm your email: open the link that we mailed you.
two-factor-to-profile = To my details
two-factor-replace-do = Use another app
two-factor-replace-text = With a code of the app that you use now, or a recovery code, you can set another app up. The present one works until then.
two-factor-replace-button = Set another app up
field-present-code = Code of your app, or a recovery code
codes-title = Recovery codes
codes-text = Keep them where you find them without your phone: on paper, or in a password manager. Each works once. They are shown only now.
codes-copy = Copy all
codes-kept = I have kept them
codes-left = { $n ->
    [0] None left
    [one] { $n } left
   *[other] { $n } left
}
codes-few = Make new ones
codes-new = New codes
codes-new-text = You get eight new codes. The old ones stop working.
codes-make = Make new codes
sessions-title = Signed in on
session-current = This device
session-seen = Last seen { $when }
sessions-end = Sign out all other devices
device-unknown = Unknown device

activity-title = Activity
activity-lead = Something here that was not you?
activity-security = Sign out other devices
activity-empty = Nothing has happened in your account so far.
activity-staff = By our staff
activity-signed_in = Signed in
activity-signed_out = Signed out
activity-created = Account created
activity-password_changed = Password changed
activity-password_reset = New password by a mailed link
activity-email_changed = Email changed
activity-email_change_asked = New email entered
activity-email_change_cancelled = New email cancelled
activity-invited = Invitation mailed
activity-email_verified = Email confirmed
activity-phone_changed = Mobile number changed
activity-name_changed = Name changed
activity-two_factor_on = Two-step sign-in switched on
activity-two_factor_off = Two-step sign-in switched off
activity-two_factor_reset = Two-step sign-in removed
activity-two_factor_replaced = Another authenticator app set up
activity-recovery_codes_made = New recovery codes made
activity-sessions_ended = Other devices signed out
activity-password_shown = Password of the control panel shown
activity-order_placed = Order placed
activity-impersonated = Account viewed to help you
activity-language_changed = Language changed
activity-disabled = Account disabled
activity-enabled = Account enabled again
activity-edited = Details of the account changed
activity-credentials_sent = Mail with the hosting credentials sent
activity-panel_opened = Control panel opened
activity-credentials_kept = Control panel credentials saved on a staff computer
activity-credentials_dropped = Control panel credentials removed from the staff computer
activity-other = Account changed

delete-title = Delete account
delete-lead = This cannot be undone.
delete-goes = Your name, email, number and password are deleted.
delete-devices = You are signed out everywhere and cannot sign in again.
delete-stays = Orders and payments stay in our books, without your name, because the law asks for them.
delete-button = Delete my account
delete-keep = Keep my account
delete-blocked = { $n ->
    [one] A service of yours is still running. Your account stays as long as it does.
   *[other] { $n } of your services are still running. Your account stays as long as they do.
}
delete-blocked-text = Save what you need from them, then write to us and we end them. After that you can delete the account here.
delete-being-paid = { $n ->
    [one] A payment request of yours is still open.
   *[other] { $n } of your payment requests are still open.
}
delete-being-paid-text = Refuse what is still on your phone, or wait until the network tells us what became of it, three days at most. After that you can delete the account here.
delete-done-title = Your account is deleted
delete-done = Thank you for having been with us. You can open a new account at any time.
