// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice The terms of one version: what `applyTerms` and `impact` take, ABI-encoded.
/// @param pricePerPoint Base units of the settlement token for one whole point (100 base units of points).
/// @param budgetPerRound Base units of the settlement token for one round; 0, or enough to buy `minTender`.
/// @param minTender Base units of points that a tender has at least: 100 or more, worth 100 base units of the settlement
/// token or more, and no more than one budget buys.
struct BuybackTerms {
    uint128 pricePerPoint;
    uint128 budgetPerRound;
    uint96 minTender;
}

/// @notice What a buyback is created with. Nothing of it but the terms ever changes.
/// @param points The program's Points contract.
/// @param charter The only account that may call `applyTerms`.
/// @param settlementToken Any plain ERC-20; holders of points are paid in it.
/// @param firstRoundAt Unix seconds: round 0 opens then.
/// @param period Seconds from the opening of a round to the opening of the next.
/// @param window Seconds for which a round is open, at most `period`.
struct BuybackSettings {
    address points;
    address charter;
    address settlementToken;
    uint64 firstRoundAt;
    uint32 period;
    uint32 window;
}

/// @title Buyback: rounds by the clock, on terms and money that are locked in public
/// @notice Opens round r at firstRoundAt + r * period and closes it `window` later, by the clock alone. Holders
/// tender points while it is open; after its close anybody settles it.
/// @dev The budget of a round is the smaller of the budget of its terms and the money that is in the reserve and
/// not owed (all of that money, where a backed program owes a last round). If more was tendered than that buys,
/// everybody's share is the same. Every change of the reserve settles what is due first, so a round is always settled with
/// the money that was there at its close. The payout comes first, rounded down, and the points bought follow from it.
interface IBuyback {
    /// @notice One round.
    /// @param opensAt Unix seconds.
    /// @param closesAt Unix seconds; the round is open before it.
    /// @param version Version of the terms that it runs on (or would run on, if it were to open now).
    /// @param settled Whether its result is computed. Rounds without tenders that nobody settled before a later one was
    /// stay unsettled for ever: there is nothing to compute.
    /// @param covered Whether the whole budget of its terms was in the reserve and not owed at its opening and at its close.
    /// @param tendered Base units of points tendered, D.
    /// @param filled Base units of points bought and burned.
    /// @param payout Base units of the settlement token owed for them, to all together.
    struct Round {
        uint64 opensAt;
        uint64 closesAt;
        uint32 version;
        bool settled;
        bool covered;
        uint96 tendered;
        uint96 filled;
        uint128 payout;
    }

    /// @notice What one holder has in one round.
    /// @param amount Base units of points tendered.
    /// @param paid Base units of the settlement token for it, rounded down; 0 until the round is settled.
    /// @param returned Base units of points that come back, rounded down; 0 until the round is settled.
    /// @param moneyClaimed Whether `paid` was handed out.
    /// @param pointsClaimed Whether `returned` was handed out.
    struct Share {
        uint96 amount;
        uint128 paid;
        uint96 returned;
        bool moneyClaimed;
        bool pointsClaimed;
    }

    /// @notice A version of the terms was appended: rounds from `fromRound` on run on the newest such version.
    event TermsPublished(
        uint32 indexed version,
        uint32 fromRound,
        uint128 pricePerPoint,
        uint128 budgetPerRound,
        uint96 minTender
    );

    /// @notice Points were tendered.
    /// @param amount Base units added by this call.
    /// @param held Base units that the holder has tendered in this round in all.
    /// @param tendered Base units tendered in this round by everybody.
    event Tendered(
        uint32 indexed round,
        address indexed holder,
        uint96 amount,
        uint96 held,
        uint96 tendered
    );

    /// @notice Points were taken out of an open round.
    /// @param amount Base units taken out by this call.
    /// @param held Base units that the holder still has in this round.
    /// @param tendered Base units still tendered in this round by everybody.
    event Untendered(
        uint32 indexed round,
        address indexed holder,
        uint96 amount,
        uint96 held,
        uint96 tendered
    );

    /// @notice The result of a round.
    /// @param version Version of the terms that it ran on.
    /// @param covered Whether the whole budget of these terms was there at the opening and at the close.
    /// @param budget Base units of the settlement token that there were for it.
    /// @param tendered Base units of points tendered.
    /// @param filled Base units of points bought and burned.
    /// @param payout Base units of the settlement token owed for them.
    event RoundSettled(
        uint32 indexed round,
        uint32 version,
        bool covered,
        uint128 budget,
        uint96 tendered,
        uint96 filled,
        uint128 payout
    );

    /// @notice Points that were not bought went back to their holder.
    event PointsClaimed(uint32 indexed round, address indexed holder, uint96 amount);

    /// @notice A holder was paid.
    /// @param to Where the holder wanted it; the holder, unless it said otherwise.
    event MoneyClaimed(
        uint32 indexed round,
        address indexed holder,
        address indexed to,
        uint128 amount
    );

    /// @notice Money that a holder had claimed before went on to where the holder wanted it.
    event MoneySent(address indexed holder, address indexed to, uint128 amount);

    /// @notice Money came into the reserve by `deposit`.
    /// @param reserve Base units in the reserve after it, what is owed included.
    event Deposited(address indexed from, uint128 amount, uint128 reserve);

    /// @notice Money that had been transferred without `deposit` was taken into the reserve.
    event Synced(uint128 amount, uint128 reserve);

    /// @notice The operator took money out of the reserve.
    event Withdrawn(address indexed to, uint128 amount, uint128 reserve);

    /// @notice The caller is not the operator.
    error NotOperator(address caller);
    /// @notice The caller is not the charter.
    error NotCharter(address caller);
    /// @notice A setting is impossible.
    /// @param field Name of the setting.
    error InvalidSetting(string field);
    /// @notice A field of the terms is out of its bounds.
    /// @param field Name of the field.
    /// @param lowest Least value that would have been right, given the other fields.
    /// @param highest Greatest value that would have been right.
    error TermsOutOfBounds(string field, uint256 lowest, uint256 highest);
    /// @notice This round is not open now.
    error RoundNotOpen(uint32 round);
    /// @notice The result of this round is not computed: it has not closed, or nobody tendered.
    error RoundNotSettled(uint32 round);
    /// @notice What the holder would have in the round is more than nothing and less than the minimum.
    error BelowMinTender(uint96 held, uint96 minTender);
    /// @notice The holder has less than this in the round.
    error InsufficientTender(uint96 held, uint96 amount);
    /// @notice There is nothing (left) to claim for this holder in this round.
    error NothingToClaim(uint32 round, address holder);
    /// @notice The settlement token moved another amount than it was asked to: it takes a fee, or worse.
    error UnexpectedTransfer(uint256 expected, uint256 actual);
    /// @notice More than the operator may take: the rest is owed, or the budget of the open or the next round.
    error ExceedsWithdrawable(uint128 amount, uint128 withdrawable);
    /// @notice An amount of zero does nothing.
    error ZeroAmount();
    /// @notice These terms are those of the newest version.
    error NoChange();
    /// @notice The terms were improved for this round already; the next improvement waits for its opening.
    error ImprovedAlready(uint32 round);
    /// @notice A higher budget, or a higher price of a backed program, needs money on the table.
    /// @param needed Base units of the settlement token that the terms ask for.
    /// @param free Base units in the reserve and not owed, what is due counted as settled.
    error NotCovered(uint256 needed, uint128 free);
    /// @notice Money can't be sent there.
    error InvalidRecipient(address to);

    /// @notice Initialises a clone. The factory calls it as it creates one; it works once.
    function initialize(BuybackSettings calldata settings, BuybackTerms calldata opening) external;

    /// @notice Tenders points of the caller in an open round, on top of what the caller has in it. The first tender of a
    /// round settles the earlier one that has tenders and is not settled, so there is never a second one.
    /// @param round The round that is open; any other is refused, so a delayed call never lands on other terms.
    /// @param amount Base units of points.
    function tender(uint32 round, uint96 amount) external;

    /// @notice Takes points of the caller out of an open round, at once.
    /// @param round The round that is open.
    /// @param amount Base units of points; what stays is nothing or at least the minimum.
    function untender(uint32 round, uint96 amount) external;

    /// @notice Computes the results of the rounds that have closed, at a cost that does not depend on the number of
    /// tenders: of the one with tenders that may be due, and of the newest one, to say whether it was covered. Anybody may
    /// call it; it does nothing when nothing is due.
    function settle() external;

    /// @notice Hands a holder the points of a closed round that were not bought. Anybody may call it.
    /// @dev It never touches the settlement token, and settles the round if that is due.
    /// @return amount Base units of points.
    function claimPoints(uint32 round, address holder) external returns (uint96 amount);

    /// @notice Pays a holder for the points of a closed round that were bought. Anybody may call it; the holder is paid.
    /// @dev It settles the round if that is due.
    /// @return amount Base units of the settlement token.
    function claimMoney(uint32 round, address holder) external returns (uint128 amount);

    /// @notice Pays the caller for the caller's points of a closed round that were bought, to any account.
    /// @dev It settles the round if that is due.
    /// @param to Who gets the money.
    /// @return amount Base units of the settlement token.
    function claimMoneyTo(uint32 round, address to) external returns (uint128 amount);

    /// @notice Sends money of the caller, who has approved it to this contract, to any account: how money that was claimed
    /// into an account without gas gets on, where the settlement token takes approvals by signature.
    /// @param to Who gets the money.
    /// @param amount Base units of the settlement token.
    function sendMoney(address to, uint128 amount) external;

    /// @notice Adds money of the caller, who has approved it, to the reserve. Anybody may.
    /// @param amount Base units of the settlement token.
    function deposit(uint128 amount) external;

    /// @notice Takes money that was transferred here without `deposit` into the reserve. Anybody may call it.
    /// @return amount Base units of the settlement token.
    function sync() external returns (uint128 amount);

    /// @notice Takes money out of the reserve that exceeds what is owed and the budgets of the open and the next round.
    /// Operator only.
    /// @param to Who gets it.
    /// @param amount Base units of the settlement token.
    function withdraw(address to, uint128 amount) external;

    /// @notice Appends a version of the terms, in force from the next round that is not open. Only the charter may.
    /// @param terms ABI-encoded `BuybackTerms`.
    // In a declaration there is no body to confuse the argument with the function in.
    // slither-disable-next-line shadowing-local
    function applyTerms(bytes calldata terms) external;

    /// @notice Tells whom these terms would hurt, compared with the newest version, field by field.
    /// @param terms ABI-encoded `BuybackTerms`.
    /// @return flags 2: holders (price or budget lower, minimum higher; or, unless the budget was 0, a price more than twice
    /// as high or a minimum less than half as high); 0: an improvement.
    // In a declaration there is no body to confuse the argument with the function in.
    // slither-disable-next-line shadowing-local
    function impact(bytes calldata terms) external view returns (uint8 flags);

    /// @notice Returns the program's Points contract.
    function points() external view returns (address);

    /// @notice Returns the only account that may change the terms.
    function charter() external view returns (address);

    /// @notice Returns what holders are paid in.
    function settlementToken() external view returns (address);

    /// @notice Returns when round 0 opens, in unix seconds.
    function firstRoundAt() external view returns (uint64);

    /// @notice Returns the seconds from opening to opening.
    function period() external view returns (uint32);

    /// @notice Returns the seconds for which a round is open.
    function window() external view returns (uint32);

    /// @notice Returns the base units of the settlement token in the reserve, what is owed included.
    function reserve() external view returns (uint128);

    /// @notice Returns the base units of the settlement token that settled rounds owe and that nobody has claimed yet.
    function owed() external view returns (uint128);

    /// @notice Returns the base units of points that the money in the reserve that is not owed buys at the highest price
    /// that is promised: of the newest terms, of the open round, and of a round with tenders that is not settled. Rounded
    /// down; at most the type's maximum. No supply of a backed program exceeds it by a mint.
    function backing() external view returns (uint96);

    /// @notice Returns the base units of the settlement token that the operator may withdraw now (what is due counts as
    /// settled).
    function withdrawable() external view returns (uint128);

    /// @notice Returns the round of the clock and whether it is open.
    /// @return round The newest round that has opened; before the first one, 0.
    /// @return open Whether it is open now.
    function currentRound() external view returns (uint32 round, bool open);

    /// @notice Returns the first round that opens at or after a moment (unix seconds).
    function firstRoundFrom(uint64 moment) external view returns (uint32 round);

    /// @notice Returns how many versions of the terms there are, in force or to come.
    function termsCount() external view returns (uint32);

    /// @notice Returns a version of the terms.
    function terms(
        uint32 version
    ) external view returns (uint32 fromRound, BuybackTerms memory published);

    /// @notice Returns the version that a round runs on.
    function termsOf(uint32 round) external view returns (uint32 version);

    /// @notice Returns a round, as it is settled or not settled yet.
    function roundOf(uint32 round) external view returns (Round memory);

    /// @notice Returns what a holder has in a round.
    function shareOf(uint32 round, address holder) external view returns (Share memory);
}
