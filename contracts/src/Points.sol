// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IPoints, PointsSettings, RuleSetTerms} from "./interfaces/IPoints.sol";
import {AccountWord} from "./libraries/AccountWord.sol";
import {PackedStatements} from "./libraries/PackedStatements.sol";
import {Accounts} from "./points/Accounts.sol";
import {Recorders} from "./points/Recorders.sol";
import {RuleSets, RuleTable} from "./points/RuleSets.sol";
import {Settings} from "./points/Settings.sol";

/// @title Points: an ERC-20 token whose only source is the settlement of statements
/// @notice What anybody may rely on, and what it rests on:
///
/// THE RECORDER IS TRUSTED FOR FACTS, NOT FOR POINTS. It says what members did; the contract computes what that earns
/// by the rule set of the epoch. A stolen recorder key can mint at most the budget of each epoch until it is revoked.
///
/// NOTHING THAT WAS SETTLED IS TAKEN BACK. A balance falls only by its holder's own call: a transfer, a burn, a move, an
/// allowance, or a call of a module, which then pulls.
///
/// THE MODULES ARE TRUSTED TO PULL ONLY FOR THEIR CALLER. Their addresses are fixed at creation; who created the
/// program chose them, so check that they are what they should be. A plain account can't pull.
///
/// THE FORWARDER SPEAKS FOR MEMBERS ONLY. It is fixed in the implementation. Operator, recorder, charter and modules are
/// told by `msg.sender`, everything a member does by `_msgSender()`.
///
/// STATEMENTS ARE CUMULATIVE. A statement replaces lower ones for its member and epoch and mints the difference, so
/// order, repetition and races change nothing, within the settlement window.
///
/// THE CHARTER IS TRUSTED TO GIVE NOTICE. This contract applies terms from the next epoch on, at the earliest.
contract Points is Initializable, ERC2771Context, Accounts, RuleSets, Recorders {
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
        uint256 room;
        uint256 roomBefore;
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
    function settle(bytes calldata batch) external returns (uint256 minted) {
        if (msg.sender != recorder()) revert NotRecorder(msg.sender);
        Settlement memory settlement = _open();
        uint256 offset = 0;
        while (offset < batch.length) {
            address member;
            uint256 epoch;
            bytes calldata lines;
            (member, epoch, lines, offset) = PackedStatements.read(batch, offset);
            uint256 refusal = _settle(settlement, member, epoch, lines);
            if (refusal != 0) emit Skipped(member, uint32(epoch), _reasonOf(refusal), lines);
        }
        minted = _close(settlement);
    }

    /// @inheritdoc IPoints
    function settleSigned(
        address member,
        uint32 epoch,
        bytes calldata lines,
        bytes calldata signature
    ) external returns (uint256 minted) {
        if (lines.length % PackedStatements.LINE_BYTES != 0) revert MalformedLines(lines.length);
        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(STATEMENT_TYPEHASH, member, epoch, keccak256(lines)))
        );
        // Whatever is wrong with a signature, its signer is zero.
        // slither-disable-next-line unused-return
        (address signer, , ) = ECDSA.tryRecover(digest, signature);
        if (signer == address(0) || !_vouchesFor(signer, epoch))
            revert BadRecorderSignature(signer);
        Settlement memory settlement = _open();
        uint256 refusal = _settle(settlement, member, epoch, lines);
        if (refusal != 0) revert StatementRefused(_reasonOf(refusal));
        minted = _close(settlement);
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
        if (!SignatureChecker.isValidSignatureNow(to, digest, signature))
            revert InvalidMove(from, to);
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
        _burn(_msgSender(), amount);
    }

    /// @inheritdoc IPoints
    function budget() external view returns (uint96 minted, uint96 left) {
        uint256 clock = currentEpoch();
        (uint256 mintedSoFar, ) = _issuedIn(clock);
        return (uint96(mintedSoFar), uint96(_budgetIn(clock) - mintedSoFar));
    }

    /// @inheritdoc IPoints
    function pointsOf(uint32 epoch, bytes calldata lines) external view returns (uint64) {
        if (lines.length % PackedStatements.LINE_BYTES != 0) revert MalformedLines(lines.length);
        // A table of which nothing is read yet is all zero.
        // slither-disable-next-line uninitialized-local
        RuleTable memory table;
        uint256 points = _pointsOf(table, epoch, lines);
        if (_isRefusal(points)) revert StatementRefused(_reasonOf(points));
        return uint64(points);
    }

    /// @inheritdoc IPoints
    function trustedForwarder() public view override(ERC2771Context, Settings) returns (address) {
        return super.trustedForwarder();
    }

    function _open() private view returns (Settlement memory settlement) {
        uint256 clock = currentEpoch();
        settlement.clock = clock;
        settlement.window = settlementWindow();
        settlement.charter = charter();
        settlement.buyback = buyback();
        settlement.catalogue = catalogue();
        (uint256 minted, uint256 supply) = _issuedIn(clock);
        uint256 left = _budgetIn(clock) - minted;
        // Balances and the supply are 96 bits.
        uint256 supplyLeft = type(uint96).max - supply;
        settlement.room = Math.min(left, supplyLeft);
        settlement.roomBefore = settlement.room;
    }

    /// @dev Counts what was minted against the budget and adds it to the supply.
    function _close(Settlement memory settlement) private returns (uint256 minted) {
        minted = settlement.roomBefore - settlement.room;
        if (minted != 0) _issue(settlement.clock, minted);
    }

    /// @dev Mints what one statement earns and is not minted yet.
    /// @return refusal 0 if there is none.
    function _settle(
        Settlement memory settlement,
        address member,
        uint256 epoch,
        bytes calldata lines
    ) private returns (uint256 refusal) {
        uint256 clock = settlement.clock;
        uint256 window = settlement.window;
        // A future epoch underflows to a large number.
        unchecked {
            if (clock - epoch > window) {
                return _refusal(epoch > clock ? SkipReason.FutureEpoch : SkipReason.WindowClosed);
            }
        }
        uint256 account = _accountOf(member);
        // Who was minted to before is none of these accounts, which never change.
        // slither-disable-next-line incorrect-equality
        if (AccountWord.history(account) == 0 && _isForbidden(settlement, member)) {
            return _refusal(SkipReason.ForbiddenMember);
        }
        uint256 points = _pointsOf(settlement.table, epoch, lines);
        if (_isRefusal(points)) return points;
        uint256 minted = _mintedFor(member, account, epoch, window);
        if (points <= minted) return 0;
        // Can't underflow or overflow: minted < points, and amount <= room.
        unchecked {
            uint256 amount = Math.min(points - minted, settlement.room);
            // Zero is what the budget leaves when it is used up; nobody can send anything to it.
            // slither-disable-next-line incorrect-equality
            if (amount == 0) return _refusal(SkipReason.BudgetUsedUp);
            settlement.room -= amount;
            _mintFor(member, account, epoch, amount, clock, window);
            emit Settled(member, uint32(epoch), uint64(minted + amount), lines);
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
