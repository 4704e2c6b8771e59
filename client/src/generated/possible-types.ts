
      export interface PossibleTypesResultData {
        possibleTypes: {
          [key: string]: string[]
        }
      }
      const result: PossibleTypesResultData = {
  "possibleTypes": {
    "Listing": [
      "App",
      "Event",
      "Product",
      "Tour"
    ],
    "UserError": [
      "CategoryInUseError",
      "IdempotencyConflictError",
      "InputError",
      "InsufficientStockError",
      "MaxPerOrderError",
      "NotCancellableError",
      "PaymentDeclinedError",
      "PriceChangedError",
      "RefundExceedsPaymentError",
      "SeatUnavailableError",
      "StaleWriteError",
      "TokenAlreadyRedeemedError",
      "TokenPeriodError",
      "TooManyAttemptsError",
      "TooManyBlocksError",
      "TooManyCartsError",
      "TooManyFollowsError",
      "TooManyHoldsError",
      "TooManyOpenCheckoutsError",
      "TooManyReportsError",
      "WishlistFullError"
    ]
  }
};
      export default result;
    