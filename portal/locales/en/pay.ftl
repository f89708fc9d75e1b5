# The payment page and the log of an order.
pay-description = Pay your order by mobile money.
order-crumb = Order { $number } · { $plan }, { $n ->
    [one] { $n } month
   *[other] { $n } months
}
pay-amount = Pay { $amount }
pay-now = Pay now

pay-title-start = Pay { $amount }
pay-title-sent = Check your phone
pay-title-slow = Check your phone
pay-title-ask = Still waiting
pay-title-unknown = No answer from the network yet
pay-title-refused = Not paid
pay-title-short = Less has arrived than asked
pay-title-paid = Payment received
pay-title-late = Paid, being set up
pay-title-active = Your hosting is ready
pay-title-cancelled = Order cancelled

pay-says-start = Ready to send a request for { $amount } to { $phone }.
pay-says-sent = The request is on its way to { $phone }. Enter your PIN there.
pay-says-slow = No request on the screen yet? Unlock the phone with { $phone } and check that it has network.
pay-says-ask = We are still waiting for the network. If you have paid, press “check now”.
pay-says-unknown = We have not heard from the network yet. If you entered your PIN your money is safe; we keep checking. Do not pay again.
pay-says-refused = The request was not confirmed. No money was taken. You can try again.
pay-says-short = Less has arrived than asked. Do not pay again; we write to { $email }.
pay-says-paid = Payment received. We are setting up your hosting now.
pay-says-late = Your payment is recorded. Setting up takes longer than usual; we are on it.
pay-says-active = Your hosting is ready.
pay-says-cancelled = This order is cancelled.

pay-start = Pay { $amount } with your phone
pay-start-lead = We send a request to <b class="num">{ $phone }</b>. You confirm it there with your PIN.
pay-send = Send the request
pay-sent = Check your phone
pay-sent-lead = Enter your { $operator } PIN on <b class="num">{ $phone }</b> to pay <b class="num">{ $amount }</b>.
pay-sent-lead-plain = Enter your PIN on <b class="num">{ $phone }</b> to pay <b class="num">{ $amount }</b>.
pay-waiting = Waiting for { $network }
pay-time-left = Time left to enter your PIN
pay-may-close = You may close this page. We write to { $email } as soon as it is paid.
pay-may-close-days = You may close this page. We keep asking for three days and write to { $email } as soon as we know.
pay-slow-notice = <b>No request on the screen yet?</b> Unlock the phone with <span class="num">{ $phone }</span> and check that it has network.
pay-ask = Still waiting for { $network }
pay-ask-lead = The request should be on <b class="num">{ $phone }</b>, for <b class="num">{ $amount }</b>.
pay-check = I have paid: check now
pay-send-again = It did not come: send it again
pay-ask-note = Before we send again, we ask the network about the first request.
pay-requests-left = { $n ->
    [0] You can send no more for now.
   *[other] You can send { $n } more.
}
pay-unknown = We have not heard from the network yet
pay-unknown-lead = If you entered your PIN your money is safe; we keep checking. <b>Do not pay again.</b>
pay-last-asked = Last asked { $time }
pay-asks-again = every { $n } s
pay-no-pin = I did not enter my PIN
pay-no-pin-text = Then nothing was paid by this request, and you can send a new one.
pay-send-new = Send a new request
pay-other = Use another number
pay-other-hint = Any network. It may be another person’s phone.
pay-other-send = Send the request to this number
pay-try-again = Try again on <span class="num">&nbsp;{ $phone }</span>
pay-limit = <b>No more requests for now.</b> To protect your phone we send only a few in a row. You can send the next one on { $time }. If you have paid, we still see it.

pay-step-1 = Open the request on your phone
pay-step-1-text = Paying on this phone? It opens over this page.
pay-step-2 = Check the name and the amount
pay-step-2-text = { $payee } and { $amount }.
pay-step-3 = Enter your PIN there, then come back
pay-step-3-text = Never type your PIN on a website.

refused-cancelled-title = The request was cancelled
refused-cancelled-text = { $network } says that it was cancelled on <b class="num">{ $phone }</b>. No money was taken.
refused-wrong_pin-title = The PIN was not right
refused-wrong_pin-text = { $network } did not accept the PIN on <b class="num">{ $phone }</b>. No money was taken.
refused-low_balance-title = There was not enough money
refused-low_balance-text = { $network } says that <b class="num">{ $phone }</b> has too little for this payment. No money was taken. Top up, or use another number.
refused-expired-title = The request ran out of time
refused-expired-text = Nobody entered the PIN on <b class="num">{ $phone }</b> in time. No money was taken.
refused-limit-title = The network’s limit is reached
refused-limit-text = { $network } allows no more payments today from <b class="num">{ $phone }</b>. No money was taken. Use another number, or try tomorrow.
refused-other-title = The payment did not go through
refused-other-text = { $network } did not take the payment from <b class="num">{ $phone }</b>. No money was taken.
refused-kept = Your order is kept.

pay-short = Less has arrived than asked
pay-short-lead = We received <b class="num">{ $received }</b> of <b class="num">{ $amount }</b>; <b class="num">{ $missing }</b> is missing.
pay-short-what = Your money is recorded. <b>Do not pay again:</b> we call or write to you and settle it together.
pay-paid = Payment received
pay-paid-lead = Thank you, { $name }. We are setting up your hosting now. It takes about a minute.
pay-late = Paid. Setting up takes longer than usual
pay-late-lead = We are on it, and your payment is recorded. You need not do anything; we write to { $email } when it is ready.
pay-active = Your hosting is ready
pay-active-lead = Open the control panel to add your website and mailboxes. No second password.
pay-cancelled = This order is cancelled
pay-cancelled-lead = Nothing will be taken for it. If you paid all the same, write to us: we see every payment. You can order again at any time.

step-now = now
step-late = delayed
step-ordered = Order placed
step-requested = { $state ->
    [now] Waiting for the PIN on <span class="nb">{ $subject }</span>
   *[other] Request sent to <span class="nb">{ $subject }</span>
}
step-refused = Not confirmed on <span class="nb">{ $subject }</span>
step-short = Less received than asked
step-paid = Payment received
step-reserved = { $state ->
    [done] Account reserved
   *[other] Reserving the account
}
step-create = { $state ->
    [done] Account created on the server
    [late] Account not created on the server yet
   *[other] Creating the account on the server
}
step-check = { $state ->
    [done] The account answers
    [late] The account does not answer yet
   *[other] Checking that it answers
}
step-mail = { $state ->
    [done] Details sent to { $subject }
   *[other] Sending you the details by email
}
step-cancelled = Order cancelled
step-suspended = Hosting suspended

detail-amount-by = { $amount } by { $operator }
detail-reference = reference { $reference }
detail-order-for = { $plan }, { $n ->
    [one] { $n } month
   *[other] { $n } months
}, for { $domain }
detail-username = Username { $username }
detail-retry = We try again at { $time }.

problem-phone-limit = This number has had several requests. Try again at { $time }, or use another one
problem-payment-lives = The last request can still be answered on the phone. You can send a new one at { $time }
problem-account-limit = You have sent several requests. The next one can go out at { $time }. If you have paid, we still see it
problem-address-limit = Many requests came from your network. Try again at { $time }, or from another network
problem-check-limit = You have checked very often. We go on asking the network by ourselves; you can check again at { $time }
