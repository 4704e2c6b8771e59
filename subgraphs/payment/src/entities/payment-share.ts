import { Column, Entity, PrimaryColumn } from 'typeorm';
import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';

/** A seller's share of a payment, at the commission rate when the payment was opened. */
@Entity('payment_share')
export class PaymentShareEntity {
  @PrimaryColumn({ name: 'payment_id', type: 'uuid' })
  paymentId!: string;

  @PrimaryColumn({ type: 'int' })
  position!: number;

  /** Null for the platform's own sale. */
  @Column({ name: 'partner_id', type: 'uuid', nullable: true })
  partnerId!: string | null;

  /** Minor units in the payment's currency, the commission included. */
  @Column(safeIntegerColumn())
  gross!: number;

  /** Minor units that the platform keeps. */
  @Column(safeIntegerColumn())
  commission!: number;

  /** Hundredths of a percent. */
  @Column({ name: 'commission_basis_points', type: 'int' })
  commissionBasisPoints!: number;
}
