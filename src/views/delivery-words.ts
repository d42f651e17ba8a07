import type { DeliveryWords } from '../services/deliveries/dispatch-ports.ts';
import { deliveryGapView } from './delivery-gap-view.ts';
import { deliveryTroubleView, passedOverView } from './delivery-trouble-view.ts';
import { lateContent } from './mail/late-content.ts';

/** What is said of deliveries, and what they say when they are late. */
export const deliveryWords: DeliveryWords = {
  trouble: deliveryTroubleView,
  passedOver: passedOverView,
  gap: deliveryGapView,
  late: lateContent,
};
