// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {Settings} from "./Settings.sol";
import {IPoints} from "../interfaces/IPoints.sol";
import {AccountWord} from "../libraries/AccountWord.sol";
import {RingWord} from "../libraries/RingWord.sol";

/// @title Accounts: balances, the supply, and what was minted to whom for which epoch
/// @dev Replaces the storage of OpenZeppelin's ERC20, whose own balances and supply stay unused. A settlement writes
/// one word, the account's, which has room for four epochs. Those whose window has closed drop out of it; when a fifth open
/// one comes, the oldest one's group of four epochs goes to the account's history ring, at group % (window / 4 + 1). What
/// was minted for an epoch is in the word or in the ring, never in both.
///
/// With W = window, the open epochs are now - W to now, which touch W / 4 + 1 groups at most: no two of them share a slot
/// of the ring. So what is replaced in the ring is of a group that was closed before the new one began to be open.
abstract contract Accounts is Settings, ERC20Permit {
    using AccountWord for uint256;
    using RingWord for uint256;
    using Checkpoints for Checkpoints.Trace224;

    /// @dev One word. `epoch` is the epoch of the clock in which `minted` was minted.
    struct Issuance {
        uint96 supply;
        uint96 minted;
        uint32 epoch;
    }

    /// @dev See AccountWord. A struct, so that settling works out its place once.
    struct Account {
        uint256 word;
    }

    string private _name;
    string private _symbol;
    mapping(address holder => Account) private _accounts;
    /// @dev By slot << 160 | account.
    mapping(uint256 key => uint256) private _ring;
    Issuance private _issuance;
    /// @dev The supply before the first mint of each epoch of the clock in which anything was minted.
    Checkpoints.Trace224 private _supplies;

    /// @dev The name of the token is the program's; the EIP-712 domain is Dewpoint's.
    constructor() ERC20("", "") ERC20Permit("Dewpoint") {}

    function _initializeToken(string calldata name_, string calldata symbol_) internal {
        _name = name_;
        _symbol = symbol_;
    }

    /// @inheritdoc ERC20
    function name() public view override returns (string memory) {
        return _name;
    }

    /// @inheritdoc ERC20
    function symbol() public view override returns (string memory) {
        return _symbol;
    }

    /// @inheritdoc ERC20
    function decimals() public pure override returns (uint8) {
        return 2;
    }

    /// @inheritdoc ERC20
    function totalSupply() public view override returns (uint256) {
        return _issuance.supply;
    }

    /// @inheritdoc ERC20
    function balanceOf(address account) public view override returns (uint256) {
        return _accounts[account].word.balanceOf();
    }

    /// @inheritdoc IPoints
    function mintedFor(address member, uint32 epoch) external view returns (uint64) {
        uint256 word = _accounts[member].word;
        // Nothing was minted for epochs that are newer than the newest one.
        if (epoch > word.newestOf()) return 0;
        (uint256 minted, ) = _mintedFor(member, word, epoch, settlementWindow());
        return uint64(minted);
    }

    /// @inheritdoc IPoints
    function supplyBefore(uint32 epoch) external view returns (uint96) {
        // What the supply was then is not asked.
        // slither-disable-next-line unused-return
        (bool exists, uint32 newest, ) = _supplies.latestCheckpoint();
        if (!exists || newest < epoch) return _issuance.supply;
        return uint96(_supplies.lowerLookup(epoch));
    }

    /// @dev Base units minted in `epoch` of the clock so far, and the supply.
    function _issuedIn(uint256 epoch) internal view returns (uint256 minted, uint256 supply) {
        Issuance memory issuance = _issuance;
        // Compares epochs, which nobody can move.
        // slither-disable-next-line incorrect-equality
        minted = issuance.epoch == epoch ? issuance.minted : 0;
        supply = issuance.supply;
    }

    /// @dev Counts `amount`, which was minted, against the budget of `epoch` of the clock, and adds it to the supply.
    function _issue(uint256 epoch, uint256 amount) internal {
        (uint256 minted, uint256 supply) = _issuedIn(epoch);
        // Zero is what is minted before the first mint of an epoch; nobody can send anything to it. What it was before is of
        // no account.
        // slither-disable-next-line incorrect-equality,unused-return
        if (minted == 0) _supplies.push(uint32(epoch), uint224(supply));
        _issuance = Issuance(uint96(supply + amount), uint96(minted + amount), uint32(epoch));
    }

    /// @dev The account of `member`, for reading and writing it once.
    function _accountOf(address member) internal view returns (Account storage) {
        return _accounts[member];
    }

    /// @dev Base units minted to `member` for `epoch` so far, which is not newer than the newest one, and its place in the
    /// word.
    function _mintedFor(
        address member,
        uint256 word,
        uint256 epoch,
        uint256 window
    ) internal view returns (uint256 minted, uint256 place) {
        place = word.placeOf(epoch);
        if (place != AccountWord.NOWHERE) return (word.mintedAt(place), place);
        if (word.hasSpilled()) {
            minted = _ring[_ringKey(member, RingWord.groupAt(epoch), window)].mintedFor(epoch);
        }
    }

    /// @dev Emits the ERC-20 event of a mint. With `emit` it cost 38 gas more.
    function _tellMint(address member, uint256 amount) internal {
        bytes32 topic = Transfer.selector;
        assembly ("memory-safe") {
            mstore(0, amount)
            log3(0, 0x20, topic, 0, member)
        }
    }

    /// @dev Notes what is minted for an epoch that is newer than the newest one.
    function _mintNewest(
        address member,
        uint256 word,
        uint256 epoch,
        uint256 amount,
        uint256 oldest,
        uint256 window
    ) internal returns (uint256) {
        if (word.isFull(oldest)) (word, ) = _spill(member, word, epoch, 0, window);
        return word.push(epoch, amount, oldest);
    }

    /// @dev Notes what is minted for an epoch that is older than the newest one and not in the word.
    function _mintLate(
        address member,
        uint256 word,
        uint256 epoch,
        uint256 amount,
        uint256 oldest,
        uint256 window
    ) internal returns (uint256) {
        if (word.hasSpilled()) {
            uint256 key = _ringKey(member, RingWord.groupAt(epoch), window);
            uint256 record = _ring[key];
            if (record.mintedFor(epoch) != 0) {
                _ring[key] = record.addMintedFor(epoch, amount);
                return word;
            }
        }
        bool isInRing = false;
        if (word.isFull(oldest)) {
            (word, isInRing) = _spill(member, word, epoch, amount, window);
        }
        return isInRing ? word : word.insert(epoch, amount);
    }

    /// @dev Moves the group of the oldest epoch of a full word to the ring, to make room for `epoch`, which goes along if it
    /// is of that group.
    /// @return cut The word without what went to the ring.
    /// @return isInRing Whether `epoch` went along.
    function _spill(
        address member,
        uint256 word,
        uint256 epoch,
        uint256 amount,
        uint256 window
    ) private returns (uint256 cut, bool isInRing) {
        uint256 newest = word.newestOf();
        uint256 slots = AccountWord.SLOTS;
        uint256 oldest = newest - word.ageAt(slots - 1);
        if (epoch < oldest) oldest = epoch;
        uint256 group = RingWord.groupAt(oldest);
        uint256 key = _ringKey(member, group, window);
        uint256 record = _ring[key].turnTo(group);
        for (; slots != 0; slots--) {
            uint256 other = newest - word.ageAt(slots - 1);
            if (RingWord.groupAt(other) != group) break;
            record = record.addMintedFor(other, word.mintedIn(slots - 1));
        }
        isInRing = RingWord.groupAt(epoch) == group;
        if (isInRing) record = record.addMintedFor(epoch, amount);
        _ring[key] = record;
        cut = word.cutTo(slots);
    }

    /// @inheritdoc ERC20
    /// @dev OpenZeppelin's transfers come here, and they refuse the zero address. Nothing calls `_mint` or `_burn`.
    function _update(address from, address to, uint256 value) internal override {
        if (_isOwnContract(to)) revert ModuleTransferForbidden(to);
        // Modules return escrow by a plain transfer.
        if (!transferable() && !isModule(from)) revert NotTransferable();
        _move(from, to, value);
    }

    /// @dev Moves points, or burns them when `to` is zero, whatever the rules for transfers say.
    function _move(address from, address to, uint256 value) internal {
        Account storage account = _accounts[from];
        uint256 word = account.word;
        uint256 balance = word.balanceOf();
        if (balance < value) revert ERC20InsufficientBalance(from, balance, value);
        account.word = word.subtractBalance(value);
        if (to == address(0)) {
            _issuance.supply -= uint96(value);
        } else {
            account = _accounts[to];
            account.word = account.word.addBalance(value);
        }
        emit Transfer(from, to, value);
    }

    function _ringKey(
        address member,
        uint256 group,
        uint256 window
    ) private pure returns (uint256) {
        // A place in the ring, nothing drawn by lot.
        // slither-disable-next-line weak-prng
        uint256 slot = group % (window / RingWord.EPOCHS_PER_GROUP + 1);
        return (slot << 160) | uint160(member);
    }
}
