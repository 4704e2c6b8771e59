import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A parcel that was handed to a carrier. */
@Entity({ name: 'shipment' })
export class ShipmentEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'order_id' })
  orderId!: string;

  /** As the seller named it. */
  @Column({ type: 'text' })
  carrier!: string;

  /** Null without one, and once the buyer's data has been erased. */
  @Column({ type: 'text', name: 'tracking_number', nullable: true })
  trackingNumber!: string | null;

  /** The user who recorded it. */
  @Column({ type: 'uuid', name: 'shipped_by' })
  shippedBy!: string;

  @Column({ type: 'timestamptz', name: 'shipped_at' })
  shippedAt!: Date;
}

/** Units of one line in a shipment. */
@Entity({ name: 'shipment_item' })
export class ShipmentItemEntity {
  @PrimaryColumn({ type: 'uuid', name: 'shipment_id' })
  shipmentId!: string;

  @PrimaryColumn({ type: 'uuid', name: 'line_id' })
  lineId!: string;

  @Column({ type: 'int' })
  quantity!: number;
}
