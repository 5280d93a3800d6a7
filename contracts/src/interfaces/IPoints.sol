// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What one kind of action earns, with the words that members read.
/// @param id 0 to 255. Ascending within a version; never reused for another name or text.
/// @param perAction Base units of points for one action (2 decimals: 100 is one point).
/// @param perUnit Base units of points for 1,000,000 units of amount.
/// @param maxCount At most this many actions of one member and epoch earn `perAction`; the type's maximum is "no cap".
/// @param maxPoints At most this many base units for one member and epoch, below 2^34; 2^34 - 1 is "no cap".
/// @param untilEpoch The rule earns in epochs before this one; the type's maximum is "no end".
/// @param name Short name, 1 to 64 bytes, the one that apps use when they report an action. No two ids share one.
/// @param text Plain words for members, 0 to 512 bytes.
struct Rule {
    uint8 id;
    uint64 perAction;
    uint64 perUnit;
    uint32 maxCount;
    uint64 maxPoints;
    uint32 untilEpoch;
    string name;
    string text;
}

/// @notice The terms of one version of the rule set: what `applyTerms` and `impact` take, ABI-encoded.
/// @param notBefore The version is in force from this epoch at the earliest; 0 means as soon as possible.
/// @param budgetPerEpoch Base units that may be minted during one epoch of the clock.
/// @param documentHash keccak256 of the program's small print, byte for byte; zero for none. Another hash hurts members.
/// @param rules 1 to 32 rules with ascending ids.
struct RuleSetTerms {
    uint32 notBefore;
    uint96 budgetPerEpoch;
    bytes32 documentHash;
    Rule[] rules;
}

/// @notice What a program is created with. Nothing but the recorder, the operator and the rule sets ever changes.
/// @param name ERC-20 name, 1 to 64 bytes.
/// @param symbol ERC-20 symbol, 1 to 16 bytes.
/// @param operator May rotate and revoke recorders and hand over its role.
/// @param recorder The key that vouches for actions from epoch 0 on.
/// @param charter The only account that may call `applyTerms`; a module.
/// @param buyback A module; zero means that the program has none.
/// @param catalogue A module; zero means that the program has none.
/// @param startsAt Unix seconds: the start of epoch 0. Creation must fall into epoch 0.
/// @param epochLength Seconds.
/// @param settlementWindow W in epochs: a statement of epoch e is accepted while e <= now <= e + W.
/// @param transferable Whether holders may transfer freely, for ever.
/// @param backed Whether no point is ever minted that the buyback could not buy back, for ever.
struct PointsSettings {
    string name;
    string symbol;
    address operator;
    address recorder;
    address charter;
    address buyback;
    address catalogue;
    uint64 startsAt;
    uint32 epochLength;
    uint32 settlementWindow;
    bool transferable;
    bool backed;
}

/// @title Points: an ERC-20 token whose only source is the settlement of statements
/// @notice Points are minted by nothing but `settle` and `settleSigned`, which compute them from a statement and the
/// rule set in force for its epoch. There is no mint function, no pause, no upgrade.
/// @dev Lines are packed, 13 bytes each: rule id (1), count (4), amount (8), big-endian, ids strictly ascending. The
/// same bytes are in calldata, under the recorder's signature and in `BatchSettled`.
interface IPoints {
    /// @notice Why a statement could not be settled.
    enum SkipReason {
        FutureEpoch,
        WindowClosed,
        LinesNotAscending,
        UndefinedRule,
        ForbiddenMember,
        BudgetUsedUp,
        NotBacked
    }

    /// @notice Statements are settled. Their outcomes follow at once, in the order of the batch: for each statement its
    /// ERC-20 `Transfer` from zero, which carries what was minted by this call, or `Skipped`, or nothing where nothing was
    /// new.
    /// @param batch Per statement: member (20 bytes), epoch (4), number of lines (1), lines (13 each).
    event BatchSettled(bytes batch);

    /// @notice A statement of a batch was left out; every other statement of the batch is unaffected.
    /// @param index Place of the statement in the `BatchSettled` before, from 0.
    /// @param reason Why it was left out.
    event Skipped(uint16 index, SkipReason reason);

    /// @notice The recorder published what its log of the epoch before was, for ever.
    /// @param epoch The epoch in which the entries were recorded.
    /// @param root Root of the Merkle trees of the entries; zero where there were none.
    /// @param count Number of entries.
    event Anchored(uint32 indexed epoch, bytes32 root, uint32 count);

    /// @notice A version of the rule set was appended. It is never changed and an epoch never changes its version.
    /// @param version Index of the version, from 0.
    /// @param fromEpoch First epoch that it governs.
    /// @param budgetPerEpoch Base units that may be minted during one epoch of the clock.
    /// @param documentHash keccak256 of the program's small print; zero for none.
    /// @param rules Its rules, in full.
    event RuleSetPublished(
        uint32 indexed version,
        uint32 fromEpoch,
        uint96 budgetPerEpoch,
        bytes32 documentHash,
        Rule[] rules
    );

    /// @notice A recorder was set: from `fromEpoch` on, `recorder` vouches for actions.
    event RecorderRotated(address indexed recorder, uint32 fromEpoch);

    /// @notice `recorder` is void for ever, its unsettled receipts with it.
    /// @param next The key that took its place at once; zero when `recorder` was neither current nor pending.
    event RecorderRevoked(address indexed recorder, address indexed next);

    /// @notice The holder of `from` moved its whole balance to its other account `to`.
    event AccountMoved(address indexed from, address indexed to, uint256 amount);

    /// @notice `next` was offered the operator's role.
    event OperatorOffered(address indexed operator, address indexed next);

    /// @notice `operator` took over the role from `previous`.
    event OperatorChanged(address indexed previous, address indexed operator);

    /// @notice The packed batch breaks off or is inconsistent at this byte.
    error MalformedBatch(uint256 offset);
    /// @notice The packed lines of a signed statement are not a multiple of 13 bytes.
    error MalformedLines(uint256 length);
    /// @notice The signed statement can't be settled.
    error StatementRefused(SkipReason reason);
    /// @notice The word of this key does not count: it was not in office, or its time ended before the epoch, or it was
    /// revoked.
    error NotRecorder(address key);
    /// @notice This recorder did not sign what was sent.
    error BadRecorderSignature(address recorder);
    /// @notice The log of an epoch is anchored once, in the epoch after it.
    error AnchorRefused(uint32 epoch);
    /// @notice The caller is not the operator.
    error NotOperator(address caller);
    /// @notice The caller was not offered the operator's role.
    error NotOfferedOperator(address caller);
    /// @notice The caller is not the charter.
    error NotCharter(address caller);
    /// @notice The caller is not a module of this program.
    error NotModule(address caller);
    /// @notice Points of this program do not move freely.
    error NotTransferable();
    /// @notice Points reach a module only by the member's own call of that module.
    error ModuleTransferForbidden(address to);
    /// @notice A zero, revoked or otherwise impossible key was named as recorder.
    error InvalidRecorder(address recorder);
    /// @notice This key was revoked already.
    error AlreadyRevoked(address recorder);
    /// @notice The new account did not sign this move, or it can hold no points, or it is the old one.
    error InvalidMove(address from, address to);
    /// @notice The deadline (unix seconds) has passed.
    error DeadlinePassed(uint256 deadline);
    /// @notice A setting is out of its bounds.
    /// @param field Name of the setting.
    error InvalidSetting(string field);
    /// @notice A field of the terms is out of its bounds.
    /// @param field Name of the field.
    /// @param index Index of the rule; 0 for fields of the rule set itself.
    error InvalidTerms(string field, uint256 index);
    /// @notice These terms are those of the newest version, but for `notBefore`.
    error NoChange();

    /// @notice Initialises a clone. The factory calls it as it creates one; it works once.
    /// @param settings What never changes, and the first operator and recorder.
    /// @param opening One rule set, for epoch 0; or two, for epoch 0 and from epoch 1 on.
    function initialize(PointsSettings calldata settings, RuleSetTerms[] calldata opening) external;

    /// @notice Settles a batch of statements that the current recorder signed. Anybody may call it. Mints to each member
    /// what its statement earns and is not minted yet; statements that can't be settled are left out with a `Skipped`
    /// event, repeated and lower ones do nothing.
    /// @param batch Per statement: member (20 bytes), epoch (4), number of lines (1), lines (13 each).
    /// @param signature EIP-712 signature of `Batch(bytes statements)`, or what the recorder accepts by ERC-1271.
    /// @return minted Base units minted by this call.
    function settle(
        bytes calldata batch,
        bytes calldata signature
    ) external returns (uint256 minted);

    /// @notice Settles one statement that a recorder signed. Anybody may call it.
    /// @param member Account that the statement is for.
    /// @param epoch Epoch of the statement.
    /// @param lines Packed lines.
    /// @param signer The recorder that signed: the current one, or one whose time ended in `epoch` or later.
    /// @param signature EIP-712 signature of `Statement(address member,uint32 epoch,bytes lines)`, or what `signer`
    /// accepts by ERC-1271.
    /// @return minted Base units minted by this call; 0 for a repeated or lower statement.
    function settleSigned(
        address member,
        uint32 epoch,
        bytes calldata lines,
        address signer,
        bytes calldata signature
    ) external returns (uint256 minted);

    /// @notice Publishes what the recorder's log of the epoch before is. Anybody may call it, once an epoch.
    /// @param epoch The epoch before the current one.
    /// @param root Root over the log entries that were recorded in it.
    /// @param count Number of these entries.
    /// @param signature EIP-712 signature by the current recorder of `Anchor(uint32 epoch,bytes32 root,uint32 count)`.
    function anchor(uint32 epoch, bytes32 root, uint32 count, bytes calldata signature) external;

    /// @notice Moves the caller's whole balance to the caller's other account, which signed for it.
    /// @param to New account.
    /// @param deadline Unix seconds after which the signature is void.
    /// @param signature EIP-712 signature by `to` of `MoveAccount(address from,address to,uint256 deadline)`.
    /// @return amount Base units moved.
    function moveAccount(
        address to,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 amount);

    /// @notice Moves points of `member` into the escrow of the calling module, for the member who called that module.
    /// @param member The module's own `_msgSender()`.
    /// @param amount Base units.
    function pull(address member, uint256 amount) external;

    /// @notice Burns points of the caller.
    /// @param amount Base units.
    function burn(uint256 amount) external;

    /// @notice Appends a version of the rule set. Only the charter may.
    /// @param terms ABI-encoded `RuleSetTerms`.
    function applyTerms(bytes calldata terms) external;

    /// @notice Tells whom these terms would hurt, compared with the newest version, field by field.
    /// @param terms ABI-encoded `RuleSetTerms`.
    /// @return flags 1: members (a rule earns less or ends earlier, the budget is lower, or the small print is another); 2:
    /// holders (the budget is higher); OR-ed. 0 is an improvement.
    function impact(bytes calldata terms) external view returns (uint8 flags);

    /// @notice Makes `next` the recorder from the next epoch on. A second call in an epoch replaces the first.
    function rotateRecorder(address next) external;

    /// @notice Ends `old` for ever and at once.
    /// @param old The key to revoke.
    /// @param next Takes the place of `old` at once if `old` is current or pending; else it is ignored.
    function revokeRecorder(address old, address next) external;

    /// @notice Offers the operator's role to `next`, who takes it with `acceptOperator`. Zero withdraws the offer.
    function offerOperator(address next) external;

    /// @notice Takes the operator's role that was offered to the caller.
    function acceptOperator() external;

    /// @notice Returns who runs the program.
    function operator() external view returns (address);

    /// @notice Returns who was offered the operator's role; zero for nobody.
    function offeredOperator() external view returns (address);

    /// @notice Returns the module that alone may change the terms.
    function charter() external view returns (address);

    /// @notice Returns the module that buys points back; zero for none.
    function buyback() external view returns (address);

    /// @notice Returns the module where points are redeemed; zero for none.
    function catalogue() external view returns (address);

    /// @notice Returns the start of epoch 0 in unix seconds.
    function startsAt() external view returns (uint64);

    /// @notice Returns the length of an epoch in seconds.
    function epochLength() external view returns (uint32);

    /// @notice Returns W in epochs: a statement of epoch e is accepted while e <= now <= e + W.
    function settlementWindow() external view returns (uint32);

    /// @notice Tells whether holders may transfer freely, for ever.
    function transferable() external view returns (bool);

    /// @notice Tells whether no point is minted that the buyback could not buy back, for ever.
    function backed() external view returns (bool);

    /// @notice Returns the ERC-2771 forwarder that speaks for members and the operator. It is part of the implementation.
    function trustedForwarder() external view returns (address);

    /// @notice Returns the contract that judges the bounds and the impact of terms. It is part of the implementation.
    function termsCheck() external view returns (address);

    /// @notice Tells whether `account` is the charter, the buyback or the catalogue of this program.
    function isModule(address account) external view returns (bool);

    /// @notice Returns the epoch of the clock.
    function currentEpoch() external view returns (uint32);

    /// @notice Returns who signs for actions now.
    function recorder() external view returns (address);

    /// @notice Returns who signs from the next epoch on, and the current recorder while nobody else is to follow.
    function nextRecorder() external view returns (address);

    /// @notice Tells whether a statement of `epoch` that `key` signed is good now: `key` is the current recorder, or its
    /// time ended in `epoch` or later and it was not revoked.
    function vouchesFor(address key, uint32 epoch) external view returns (bool);

    /// @notice Tells whether `key` was revoked.
    function isRevoked(address key) external view returns (bool);

    /// @notice Returns how many versions of the rule set there are, in force or to come.
    function ruleSetCount() external view returns (uint32);

    /// @notice Returns the version that governs `epoch`.
    function ruleSetOf(uint32 epoch) external view returns (uint32 version);

    /// @notice Returns a version of the rule set as packed words, as the contract computes with it.
    /// @return fromEpoch First epoch that it governs.
    /// @return budgetPerEpoch Base units.
    /// @return documentHash keccak256 of the program's small print; zero for none.
    /// @return rules Packed rule words: id (8 bits, highest), perAction 64, perUnit 64, maxCount 32, maxPoints 34,
    /// untilEpoch 32, in this order from the most significant bit of a 234-bit number.
    function ruleSet(
        uint32 version
    )
        external
        view
        returns (
            uint32 fromEpoch,
            uint96 budgetPerEpoch,
            bytes32 documentHash,
            uint256[] memory rules
        );

    /// @notice Returns keccak256(abi.encode(name, text)) of a rule id; zero for an undefined id.
    function ruleTextHash(uint8 id) external view returns (bytes32);

    /// @notice Returns the base units minted to `member` for `epoch` so far; 0 once the window of the epoch has closed
    /// and the record was dropped.
    function mintedFor(address member, uint32 epoch) external view returns (uint64);

    /// @notice Returns the base units minted during the current epoch of the clock, and what its budget still allows.
    function budget() external view returns (uint96 minted, uint96 left);

    /// @notice Returns the supply just before anything was minted in `epoch` or later: what it is now if nothing was.
    function supplyBefore(uint32 epoch) external view returns (uint96);

    /// @notice Returns the root and the number of the log entries recorded in `epoch`; zero where none was anchored.
    function anchorOf(uint32 epoch) external view returns (bytes32 root, uint32 count);

    /// @notice Computes the points of a statement under the rule set in force for `epoch`, whatever was minted so far.
    /// @param epoch Epoch of the statement.
    /// @param lines Packed lines.
    function pointsOf(uint32 epoch, bytes calldata lines) external view returns (uint64);
}
