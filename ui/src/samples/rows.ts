// Who bought what on three days of November: invented people and domains, the same ones as in the design.
import type { OrderStatus } from '../lib/generated/api';

/** Number, state, customer, phone, domain, plan, months, network, reference, day and time. */
export type Row = [number, OrderStatus, string, string, string, string, number, string, string, string];

export const rows: Row[] = [
  [3918, 'pending', 'Emmanuel Massawe', '0756402117', 'ruahaguesthouse.co.tz', 'lite', 1, 'M-PESA', '', '23 12:41'],
  [3917, 'pending', 'Zuhura Said', '0713884206', 'zuhurafashion.co.tz', 'grow', 12, 'MIXX BY YAS', '', '23 12:38'],
  [3916, 'paid', 'Godfrey Lyimo', '0754771930', 'lyimotransport.co.tz', 'max', 1, 'M-PESA', '0936184112', '23 12:29'],
  [3915, 'failed', 'Tatu Juma', '0684205913', 'tatubakery.co.tz', 'lite', 1, 'AIRTEL MONEY', '', '23 12:21'],
  [3914, 'active', 'Asha Mwakalinga', '0744963858', 'mwakalingasafaris.co.tz', 'boost', 3, 'M-PESA', '0936183435', '23 12:14'],
  [3913, 'active', 'Salum Ngonyani', '0622148075', 'ngonyanitech.co.tz', 'grow', 1, 'HALOPESA', '0936182260', '23 11:52'],
  [3912, 'active', 'Lilian Kessy', '0767330482', 'kessylegal.co.tz', 'boost', 1, 'M-PESA', '0936181907', '23 11:40'],
  [3911, 'active', 'Ibrahim Mfinanga', '0715690344', 'usambaratea.co.tz', 'grow', 12, 'MIXX BY YAS', '0936181188', '23 11:03'],
  [3910, 'cancelled', 'Upendo Sanga', '0786114520', 'upendosalon.co.tz', 'lite', 3, 'AIRTEL MONEY', '', '23 10:47'],
  [3909, 'active', 'Hamisi Kilonzo', '0759848301', 'kilonzofundi.co.tz', 'lite', 1, 'M-PESA', '0936179874', '23 10:12'],
  [3908, 'active', 'Grace Temu', '0762551098', 'temuconsult.co.tz', 'boost', 6, 'M-PESA', '0936178420', '23 09:36'],
  [3907, 'active', 'Joseph Mapunda', '0655907163', 'mapundabooks.co.tz', 'lite', 6, 'MIXX BY YAS', '0936177311', '23 08:58'],
  [3906, 'complete', 'Khadija Omary', '0774263910', 'pembaspices.co.tz', 'max', 1, 'MIXX BY YAS', '0936171055', '22 20:17'],
  [3905, 'pending', 'Elia Mwaipopo', '0757019446', 'mbeyaseeds.co.tz', 'grow', 1, 'M-PESA', '', '22 19:40'],
  [3904, 'complete', 'Aneth Swai', '0748372605', 'swaidaycare.co.tz', 'boost', 3, 'M-PESA', '0936169938', '22 18:02'],
  [3903, 'complete', 'Saidi Chande', '0621480277', 'baharidive.co.tz', 'lite', 12, 'HALOPESA', '0936168201', '22 16:33'],
  [3902, 'complete', 'Witness Urio', '0765218839', 'uriohoney.co.tz', 'lite', 1, 'M-PESA', '0936166417', '22 14:51'],
  [3901, 'failed', 'Frank Ndosi', '0693740158', 'ndosimedia.co.tz', 'grow', 1, 'AIRTEL MONEY', '', '22 13:08'],
  [3900, 'complete', 'Mwajuma Rashid', '0716085932', 'tangamarket.co.tz', 'grow', 6, 'MIXX BY YAS', '0936163340', '22 11:26'],
  [3899, 'complete', 'Peter Magesa', '0753664271', 'magesagarage.co.tz', 'grow', 3, 'M-PESA', '0936161802', '22 09:15'],
  [3898, 'complete', 'Rehema Shayo', '0768940213', 'shayointeriors.co.tz', 'boost', 1, 'M-PESA', '0936155019', '21 19:44'],
  [3897, 'complete', 'Daudi Mwita', '0683557402', 'maraposho.co.tz', 'lite', 1, 'AIRTEL MONEY', '0936153276', '21 18:20'],
  [3896, 'complete', 'Fatma Khamis', '0777431068', 'stonetownstay.co.tz', 'max', 3, 'MIXX BY YAS', '0936151940', '21 16:05'],
  [3895, 'cancelled', 'Juma Abdallah', '0742806395', 'jumaelectro.co.tz', 'grow', 1, 'M-PESA', '', '21 14:38'],
];
