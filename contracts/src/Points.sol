// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBuyback} from "./interfaces/IBuyback.sol";
import {IPoints, PointsSettings, RuleSetTerms} from "./interfaces/IPoints.sol";
import {AccountWord} from "./libraries/AccountWord.sol";
import {PackedStatements} from "./libraries/PackedStatements.sol";
import {Signatures} from "./libraries/Signatures.sol";
import {Accounts} from "./points/Accounts.sol";
import {Anchors} from "./points/Anchors.sol";
import {RuleSets, RuleTable} from "./points/RuleSets.sol";
import {Settings} from "./points/Settings.sol";

/// @title Points: an ERC-20 token whose only source is the settlement of statements
/// @notice What anybody may rely on, and what it rests on:
///
/// THE RECORDER IS TRUSTED FOR FACTS, NOT FOR POINTS. It says what members did; the contract computes what that earns
/// by the rule set of the epoch. A stolen recorder key can mint at most the budget of each epoch until it is revoked.
/// What it signed, anybody may send; who sends is of no account.
///
/// NOTHING THAT WAS SETTLED IS TAKEN BACK. A balance falls only by its holder's own call: a transfer, a burn, a move, an
/// allowance, or a call of a module, which then pulls.
///
/// THE MODULES ARE TRUSTED TO PULL ONLY FOR THEIR CALLER. Their addresses are fixed at creation; who created the
/// program chose them, so check that they are what they should be. A plain account can't pull.
///
/// THE FORWARDER SPEAKS FOR MEMBERS AND FOR THE OPERATOR. It is fixed in the implementation. Charter and modules are told
/// by `msg.sender`, the recorder by its signature.
///
/// STATEMENTS ARE CUMULATIVE. A statement replaces lower ones for its member and epoch and mints the difference, so
/// order, repetition and races change nothing, within the settlement window.
///
/// THE CHARTER IS TRUSTED TO GIVE NOTICE. This contract applies terms from the next epoch on, at the earliest.
contract Points is Initializable, ERC2771Context, Accounts, RuleSets, Anchors {
    bytes32 private constant BATCH_TYPEHASH = keccak256("Batch(bytes statements)");
    bytes32 private constant STATEMENT_TYPEHASH = keccak256(
        "Statement(address member,uint32 epoch,bytes lines)"
    );
    bytes32 private constant MOVE_ACCOUNT_TYPEHASH = keccak256(
        "MoveAccount(address from,address to,uint256 deadline)"
    );

    /// @dev The code of an account that delegates by EIP-7702 is this long; it is a plain account all the same.
    uint256 private constant DELEGATION_BYTES = 23;

    /// @dev What a call reads once and then settles statements by.
    struct Settlement {
        uint256 clock;
        uint256 window;
        uint256 oldest;
        uint256 openEpochs;
        uint256 room;
        uint256 roomBefore;
        SkipReason noRoom;
        address charter;
        address buyback;
        address catalogue;
        RuleTable table;
    }

    /// @param forwarder The ERC-2771 forwarder that every clone trusts for member functions.
    constructor(address forwarder) ERC2771Context(forwarder) {
        _disableInitializers();
    }

    /// @inheritdoc IPoints
    function initialize(
        PointsSettings calldata settings,
        RuleSetTerms[] calldata opening
    ) external initializer {
        _initializeSettings(settings);
        _initializeToken(settings.name, settings.symbol);
        _initializeOperator(settings.operator);
        _initializeRecorder(settings.recorder);
        _initializeRuleSets(opening);
    }

    /// @inheritdoc IPoints
    function settle(
        bytes calldata batch,
        bytes calldata signature
    ) external returns (uint256 minted) {
        // Copied once for everything that follows.
        bytes memory statements = batch;
        _requireSigned(
            recorder(),
            keccak256(abi.encode(BATCH_TYPEHASH, keccak256(statements))),
            signature
        );
        return _settle(statements, false);
    }

    /// @inheritdoc IPoints
    function settleSigned(
        address member,
        uint32 epoch,
        bytes calldata lines,
        address signer,
        bytes calldata signature
    ) external returns (uint256 minted) {
        bytes memory statement = PackedStatements.pack(member, epoch, lines);
        if (!vouchesFor(signer, epoch)) revert NotRecorder(signer);
        _requireSigned(
            signer,
            keccak256(abi.encode(STATEMENT_TYPEHASH, member, epoch, keccak256(lines))),
            signature
        );
        return _settle(statement, true);
    }

    /// @inheritdoc IPoints
    function moveAccount(
        address to,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 amount) {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline);
        address from = _msgSender();
        if (to == address(0) || to == from || _isOwnContract(to)) revert InvalidMove(from, to);
        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(MOVE_ACCOUNT_TYPEHASH, from, to, deadline))
        );
        if (!Signatures.isBy(to, digest, signature)) revert InvalidMove(from, to);
        amount = balanceOf(from);
        _move(from, to, amount);
        emit AccountMoved(from, to, amount);
    }

    /// @inheritdoc IPoints
    function pull(address member, uint256 amount) external {
        bool isPlainAccount = msg.sender.code.length <= DELEGATION_BYTES;
        if (isPlainAccount || !isModule(msg.sender)) revert NotModule(msg.sender);
        _move(member, msg.sender, amount);
    }

    /// @inheritdoc IPoints
    function burn(uint256 amount) external {
        _move(_msgSender(), address(0), amount);
    }

    /// @inheritdoc IPoints
    function budget() external view returns (uint96 minted, uint96 left) {
        uint256 clock = currentEpoch();
        (uint256 mintedSoFar, ) = _issuedIn(clock);
        return (uint96(mintedSoFar), uint96(_budgetIn(clock) - mintedSoFar));
    }

    /// @inheritdoc IPoints
    function pointsOf(uint32 epoch, bytes calldata lines) external view returns (uint64) {
        PackedStatements.requireWhole(lines);
        // A table of which nothing is read yet is all zero.
        // slither-disable-next-line uninitialized-local
        RuleTable memory table;
        (uint256 cursor, uint256 end) = PackedStatements.span(lines);
        uint256 points = _pointsOf(table, epoch, cursor, end);
        if (_isRefusal(points)) revert StatementRefused(_reasonOf(points));
        return uint64(points);
    }

    /// @inheritdoc IPoints
    function trustedForwarder() public view override(ERC2771Context, Settings) returns (address) {
        return super.trustedForwarder();
    }

    function _open() private view returns (Settlement memory settlement) {
        uint256 clock = currentEpoch();
        uint256 window = settlementWindow();
        settlement.clock = clock;
        settlement.window = window;
        settlement.oldest = Math.saturatingSub(clock, window);
        settlement.openEpochs = Math.min(clock, window);
        settlement.charter = charter();
        settlement.buyback = buyback();
        settlement.catalogue = catalogue();
        (uint256 minted, uint256 supply) = _issuedIn(clock);
        settlement.noRoom = SkipReason.BudgetUsedUp;
        uint256 room = Math.min(_budgetIn(clock) - minted, AccountWord.MAX_BALANCE - supply);
        if (backed()) {
            uint256 backing = IBuyback(settlement.buyback).backing();
            uint256 unissued = Math.saturatingSub(backing, supply);
            if (unissued < room) {
                settlement.noRoom = SkipReason.NotBacked;
                room = unissued;
            }
        }
        settlement.room = room;
        settlement.roomBefore = room;
    }

    /// @dev Mints what statements earn and is not minted yet.
    /// @param mustSettle Whether to revert instead of leaving out a statement that can't be settled.
    function _settle(bytes memory statements, bool mustSettle) private returns (uint256 minted) {
        emit BatchSettled(statements);
        Settlement memory settlement = _open();
        (uint256 cursor, uint256 end) = PackedStatements.span(statements);
        uint256 first = cursor;
        uint256 index = 0;
        while (cursor < end) {
            (address member, uint256 epoch, uint256 lines, uint256 next) = PackedStatements.read(
                cursor
            );
            if (next > end) revert MalformedBatch(cursor - first);
            uint256 refusal = _settleOne(settlement, member, epoch, lines, next);
            if (refusal != 0) {
                SkipReason reason = _reasonOf(refusal);
                if (mustSettle) revert StatementRefused(reason);
                emit Skipped(SafeCast.toUint16(index), reason);
            }
            cursor = next;
            // Can't overflow: each statement has 25 bytes at least.
            unchecked {
                index++;
            }
        }
        minted = settlement.roomBefore - settlement.room;
        if (minted != 0) _issue(settlement.clock, minted);
    }

    /// @return refusal 0 if there is none.
    function _settleOne(
        Settlement memory settlement,
        address member,
        uint256 epoch,
        uint256 lines,
        uint256 end
    ) private returns (uint256 refusal) {
        uint256 oldest = settlement.oldest;
        // An epoch before the oldest one underflows to a large number.
        unchecked {
            if (epoch - oldest > settlement.openEpochs) {
                return _refusal(epoch < oldest ? SkipReason.WindowClosed : SkipReason.FutureEpoch);
            }
        }
        Account storage account = _accountOf(member);
        uint256 word = account.word;
        // Who was minted to before is none of these accounts, which never change.
        if (AccountWord.isNew(word)) {
            if (_isForbidden(settlement, member)) return _refusal(SkipReason.ForbiddenMember);
        }
        uint256 points = _pointsOf(settlement.table, epoch, lines, end);
        if (_isRefusal(points)) return points;
        uint256 minted = 0;
        uint256 place = AccountWord.NOWHERE;
        bool isNewest = epoch > AccountWord.newestOf(word);
        if (!isNewest) (minted, place) = _mintedFor(member, word, epoch, settlement.window);
        if (points <= minted) return 0;
        // Can't underflow or overflow: minted < points, and amount <= room.
        unchecked {
            uint256 amount = points - minted;
            uint256 room = settlement.room;
            if (amount > room) {
                // Nobody can send anything to it.
                // slither-disable-next-line incorrect-equality
                if (room == 0) return _refusal(settlement.noRoom);
                amount = room;
            }
            settlement.room = room - amount;
            if (isNewest)
                word = _mintNewest(member, word, epoch, amount, oldest, settlement.window);
            else if (place != AccountWord.NOWHERE)
                word = AccountWord.addMinted(word, place, amount);
            else word = _mintLate(member, word, epoch, amount, oldest, settlement.window);
            account.word = AccountWord.addBalance(word, amount);
            _tellMint(member, amount);
        }
    }

    function _isForbidden(
        Settlement memory settlement,
        address member
    ) private view returns (bool) {
        return
            member == address(0) ||
            member == settlement.charter ||
            member == settlement.buyback ||
            member == settlement.catalogue ||
            member == address(this) ||
            member == trustedForwarder();
    }

    function _msgSender() internal view override(Context, ERC2771Context) returns (address) {
        return super._msgSender();
    }

    // Solidity wants both parents' versions to be reconciled, called or not.
    // slither-disable-next-line dead-code
    function _msgData() internal view override(Context, ERC2771Context) returns (bytes calldata) {
        return super._msgData();
    }

    // slither-disable-next-line dead-code
    function _contextSuffixLength()
        internal
        view
        override(Context, ERC2771Context)
        returns (uint256)
    {
        return super._contextSuffixLength();
    }
}
