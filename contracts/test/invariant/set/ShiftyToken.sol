// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice How the settlement token behaves for now.
enum Behaviour {
    Honest,
    ReturnsNothing,
    ReturnsFalse,
    Reverts,
    Blacklists,
    TakesFee,
    ChargesSender,
    MovesNothing,
    Reenters,
    Dead
}

/// @notice A settlement token that may turn hostile, and good again, in the middle of a run. Its balances are always
/// what its transfers really moved.
contract ShiftyToken {
    uint256 private constant FEE = 1;

    uint8 public immutable decimals;
    Behaviour public behaviour;
    address public blacklisted;
    uint256 public totalSupply;
    mapping(address account => mapping(address spender => uint256)) public allowance;
    /// @notice What it holds for an account, whatever `balanceOf` says.
    mapping(address account => uint256) public balances;

    address private reentered;
    bytes private payload;
    bool private nested;
    /// @notice What it took out of an account on top of what was asked, when it charges the sender.
    mapping(address account => uint256) public charged;
    bool public nestedTaken;
    bytes public nestedAnswer;

    constructor(uint8 decimals_) {
        decimals = decimals_;
    }

    function name() external pure returns (string memory) {
        return "Shifty";
    }

    function symbol() external pure returns (string memory) {
        return "SHIFT";
    }

    function behave(Behaviour next, address victim) external {
        behaviour = next;
        blacklisted = victim;
    }

    /// @notice What the next transfer calls in between when the token re-enters.
    function arm(address target, bytes calldata data) external {
        reentered = target;
        payload = data;
        nestedTaken = false;
        nestedAnswer = "";
    }

    function mint(address to, uint256 amount) external {
        balances[to] += amount;
        totalSupply += amount;
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function balanceOf(address account) external view returns (uint256) {
        require(behaviour != Behaviour.Dead, "dead");
        return balances[account];
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        return _transfer(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        allowance[from][msg.sender] -= amount;
        return _transfer(from, to, amount);
    }

    function _transfer(address from, address to, uint256 amount) private returns (bool) {
        require(behaviour != Behaviour.Reverts && behaviour != Behaviour.Dead, "no transfers");
        if (behaviour == Behaviour.ReturnsFalse) return false;
        if (behaviour == Behaviour.MovesNothing) return true;
        if (behaviour == Behaviour.Blacklists) {
            require(from != blacklisted && to != blacklisted, "blacklisted");
        }
        balances[from] -= amount;
        balances[to] += amount;
        if (behaviour == Behaviour.TakesFee && amount > 0) balances[to] -= FEE;
        if (behaviour == Behaviour.ChargesSender && balances[from] > 0) {
            balances[from] -= FEE;
            charged[from] += FEE;
        }
        if (behaviour == Behaviour.Reenters) _reenter();
        if (behaviour == Behaviour.ReturnsNothing) {
            // As several old tokens do; a Solidity function can't.
            assembly {
                return(0, 0)
            }
        }
        return true;
    }

    function _reenter() private {
        if (nested || reentered == address(0)) return;
        nested = true;
        (nestedTaken, nestedAnswer) = reentered.call(payload);
        nested = false;
        reentered = address(0);
    }
}
