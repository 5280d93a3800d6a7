// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {Settings} from "./Settings.sol";
import {IPoints} from "../interfaces/IPoints.sol";
import {AccountWord} from "../libraries/AccountWord.sol";

/// @title Accounts: balances, the supply, and what was minted to whom for which epoch
/// @dev Replaces the storage of OpenZeppelin's ERC20, whose own balances and supply stay unused. A settlement writes
/// one word, the account's. When the account moves on to a newer group of epochs while the old one can still be
/// settled, the old record goes to the account's history ring, at group % (window / 4).
///
/// With W = window, a statement of epoch e is accepted while now - e <= W. A record of group g is replaced in the ring
/// only by one of a group >= g + W / 4, and only once the account is in a newer group still, so now >= 4g + W + 4 while
/// the last epoch of g, 4g + 3, was accepted until 4g + 3 + W: what is replaced is no longer needed.
abstract contract Accounts is Settings, ERC20Permit {
    using AccountWord for uint256;

    /// @dev One word. `epoch` is the epoch of the clock in which `minted` was minted.
    struct Issuance {
        uint96 supply;
        uint96 minted;
        uint32 epoch;
    }

    string private _name;
    string private _symbol;
    mapping(address account => uint256) private _accounts;
    /// @dev By slot << 160 | account.
    mapping(uint256 key => uint256) private _ring;
    Issuance private _issuance;

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
        return _accounts[account].balanceOf();
    }

    /// @inheritdoc IPoints
    function mintedFor(address member, uint32 epoch) external view returns (uint64) {
        uint256 group = epoch / AccountWord.EPOCHS_PER_GROUP;
        uint256 word = _accounts[member];
        if (word.groupOf() != group) word = _ring[_ringKey(member, group, settlementWindow())];
        // Compares groups of epochs, which nobody can move.
        // slither-disable-next-line incorrect-equality
        return word.groupOf() == group ? uint64(word.mintedFor(epoch)) : 0;
    }

    /// @dev Base units minted in `epoch` of the clock so far, and the supply.
    function _issuedIn(uint256 epoch) internal view returns (uint256 minted, uint256 supply) {
        Issuance memory issuance = _issuance;
        // Compares epochs, which nobody can move.
        // slither-disable-next-line incorrect-equality
        minted = issuance.epoch == epoch ? issuance.minted : 0;
        supply = issuance.supply;
    }

    /// @dev Counts `amount`, which `_mintFor` gave out, against the budget of `epoch` of the clock.
    function _issue(uint256 epoch, uint256 amount) internal {
        (uint256 minted, uint256 supply) = _issuedIn(epoch);
        _issuance = Issuance(uint96(supply + amount), uint96(minted + amount), uint32(epoch));
    }

    /// @dev The word of `member`, as `_mintedFor` and `_mintFor` take it.
    function _accountOf(address member) internal view returns (uint256) {
        return _accounts[member];
    }

    /// @dev Base units minted to `member` for `epoch` so far, for an epoch in the window.
    function _mintedFor(
        address member,
        uint256 account,
        uint256 epoch,
        uint256 window
    ) internal view returns (uint256 minted) {
        uint256 group = epoch / AccountWord.EPOCHS_PER_GROUP;
        uint256 record = account;
        if (group < account.groupOf()) record = _ring[_ringKey(member, group, window)];
        // Another group in the slot means that nothing was minted for this one.
        // slither-disable-next-line incorrect-equality
        if (record.groupOf() == group) minted = record.mintedFor(epoch);
    }

    /// @dev Mints `amount` to `member` for `epoch`. The caller has checked that the epoch is in the window and that all
    /// that is minted for it stays below 2^34, and passes the amount on to `_issue`.
    function _mintFor(
        address member,
        uint256 account,
        uint256 epoch,
        uint256 amount,
        uint256 clock,
        uint256 window
    ) internal {
        uint256 group = epoch / AccountWord.EPOCHS_PER_GROUP;
        uint256 accountGroup = account.groupOf();
        if (group < accountGroup) {
            uint256 key = _ringKey(member, group, window);
            uint256 record = _ring[key];
            if (record.groupOf() != group) record = uint256(0).turnTo(group);
            _ring[key] = record.addMinted(epoch, amount);
        } else {
            if (group != accountGroup) {
                // Without a spill, no receipt for the old group is good any more.
                uint256 lastEpoch = accountGroup * AccountWord.EPOCHS_PER_GROUP + 3;
                if (lastEpoch + window >= clock && account.hasMinted()) {
                    _ring[_ringKey(member, accountGroup, window)] = account.history();
                }
                account = account.turnTo(group);
            }
            account = account.addMinted(epoch, amount);
        }
        _accounts[member] = account.addBalance(amount);
        emit Transfer(address(0), member, amount);
    }

    /// @inheritdoc ERC20
    /// @dev OpenZeppelin's transfers and burns come here. It never mints: nothing calls `_mint`.
    function _update(address from, address to, uint256 value) internal override {
        if (to != address(0)) {
            if (_isOwnContract(to)) revert ModuleTransferForbidden(to);
            // Modules return escrow by a plain transfer.
            if (!transferable() && !isModule(from)) revert NotTransferable();
        }
        _move(from, to, value);
    }

    /// @dev Moves points, or burns them when `to` is zero, whatever the rules for transfers say.
    function _move(address from, address to, uint256 value) internal {
        uint256 word = _accounts[from];
        uint256 balance = word.balanceOf();
        if (balance < value) revert ERC20InsufficientBalance(from, balance, value);
        _accounts[from] = word.subtractBalance(value);
        if (to == address(0)) _issuance.supply -= uint96(value);
        else _accounts[to] = _accounts[to].addBalance(value);
        emit Transfer(from, to, value);
    }

    function _ringKey(
        address member,
        uint256 group,
        uint256 window
    ) private pure returns (uint256) {
        // A place in the ring, nothing drawn by lot.
        // slither-disable-next-line weak-prng
        uint256 slot = group % (window / AccountWord.EPOCHS_PER_GROUP);
        return (slot << 160) | uint160(member);
    }
}
