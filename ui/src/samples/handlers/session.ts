// Endpoints of the fake portal: session.
import * as data from '../data';
import type { FakePortal } from '../fakePortal';
import { refuse, type Handlers } from './support';

export const sessionHandlers = (
  portal: FakePortal,
): Pick<
  Handlers,
  | 'about'
  | 'session'
  | 'confirm_password'
  | 'change_password'
  | 'renew_recovery_codes'
  | 'list_devices'
  | 'revoke_device'
> => ({
  about: () => ({
    company: 'Hollyn Online',
    version: '1.0.2',
    api: 1,
    url: 'https://portal.hollyn.co.tz',
    is_totp_required: true,
  }),
  session: () => portal.session(),
  confirm_password: ({ body }) => {
    if (body.password === 'wrong')
      throw refuse(401, 'wrong_credentials', 'This is not your password.', {
        password: 'This is not your password.',
      });
    if (body.totp === '000000')
      throw refuse(422, 'invalid', 'The code is wrong.', {
        totp: 'The code is wrong, too old, or was used.',
      });
    portal.isPasswordRecent = true;
    portal.isCodeRecent = portal.isCodeRecent || Boolean(body.totp);
    return portal.session();
  },
  change_password: ({ body }) => {
    if (body.new.length < 8)
      throw refuse(422, 'invalid', 'The password was not changed.', { new: 'At least 8 characters.' });
    return {};
  },
  renew_recovery_codes: () => {
    portal.requireRecentCode();
    return {
      codes: [
        '7KQ2-M9XF',
        'B4TZ-3D1V',
        'W0PA-HC8N',
        'J6RS-5E2Y',
        'Q9MN-X7LK',
        '2VDA-T4GB',
        'F8CP-Z1WH',
        'N3YE-K6RJ',
      ],
    };
  },
  list_devices: () => ({ items: data.devices }),
  revoke_device: ({ id }) => {
    data.devices.splice(0, data.devices.length, ...data.devices.filter((one) => one.id !== Number(id)));
    return {};
  },
});
