// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IBuyback} from "../../../../src/interfaces/IBuyback.sol";
import {ICatalogue} from "../../../../src/interfaces/ICatalogue.sol";
import {ICharter} from "../../../../src/interfaces/ICharter.sol";

/// @notice What everybody has, read from the chain just before a call and compared just after it: balance, objections,
/// tenders and claims of the rounds that matter now, the newest orders.
contract Standings {
    struct Round {
        uint32 id;
        bool settled;
    }

    uint256 private constant NEWEST = 3;

    IERC20 public immutable points;
    ICharter public immutable charter;
    IBuyback public immutable buyback;
    ICatalogue public immutable catalogue;
    address[] private people;
    Round[] private rounds;
    mapping(address holder => uint256) private balance;
    mapping(address holder => mapping(uint256 id => uint256)) private objection;
    mapping(address holder => mapping(uint32 round => IBuyback.Share)) private share;
    mapping(uint256 id => ICatalogue.Order) private order;
    uint256 private changeCount;
    uint256 private orderCount;

    constructor(
        IERC20 points_,
        ICharter charter_,
        IBuyback buyback_,
        ICatalogue catalogue_,
        address[] memory people_
    ) {
        points = points_;
        charter = charter_;
        buyback = buyback_;
        catalogue = catalogue_;
        people = people_;
    }

    function note(uint32[] calldata rounds_) external {
        delete rounds;
        changeCount = charter.changeCount();
        orderCount = catalogue.orderCount();
        for (uint256 i = 0; i < rounds_.length; i++) {
            rounds.push(Round(rounds_[i], buyback.roundOf(rounds_[i]).settled));
        }
        for (uint256 i = 0; i < people.length; i++) {
            address holder = people[i];
            balance[holder] = points.balanceOf(holder);
            for (uint256 id = _first(changeCount); id <= changeCount; id++) {
                objection[holder][id] = charter.objectionOf(id, holder);
            }
            for (uint256 j = 0; j < rounds_.length; j++) {
                share[holder][rounds_[j]] = buyback.shareOf(rounds_[j], holder);
            }
        }
        for (uint256 id = _first(orderCount); id <= orderCount; id++) {
            order[id] = catalogue.orderOf(id);
        }
    }

    /// @notice Who has less now of anything, without its own call.
    /// @param actor Who called.
    /// @param operates Whether that was the operator, who may fulfil orders.
    /// @return how Empty if nobody.
    function lowered(address actor, bool operates) external view returns (string memory how) {
        for (uint256 i = 0; i < people.length; i++) {
            if (people[i] == actor) continue;
            how = _lowered(people[i], operates);
            if (bytes(how).length != 0) return how;
        }
    }

    function _lowered(address holder, bool operates) private view returns (string memory) {
        // What came back must all be in the balance.
        uint256 due = balance[holder];
        for (uint256 id = _first(changeCount); id <= changeCount; id++) {
            uint256 now_ = charter.objectionOf(id, holder);
            if (now_ < objection[holder][id]) due += objection[holder][id] - now_;
        }
        for (uint256 i = 0; i < rounds.length; i++) {
            IBuyback.Share memory old = share[holder][rounds[i].id];
            IBuyback.Share memory now_ = buyback.shareOf(rounds[i].id, holder);
            if (now_.amount < old.amount) return "a tender fell";
            if (rounds[i].settled && (now_.paid != old.paid || now_.returned != old.returned))
                return "a claim changed";
            if (old.moneyClaimed && !now_.moneyClaimed) return "money can be claimed twice";
            if (old.pointsClaimed && !now_.pointsClaimed) return "points can be claimed twice";
            if (!old.pointsClaimed && now_.pointsClaimed) due += now_.returned;
        }
        for (uint256 id = _first(orderCount); id <= orderCount; id++) {
            if (order[id].member != holder) continue;
            ICatalogue.OrderState state = catalogue.orderOf(id).state;
            if (state == order[id].state) continue;
            if (order[id].state != ICatalogue.OrderState.Open) return "a closed order changed";
            if (state != ICatalogue.OrderState.Fulfilled) due += order[id].points;
            else if (!operates) return "another account fulfilled an order";
        }
        return points.balanceOf(holder) < due ? "a balance fell" : "";
    }

    function _first(uint256 count) private pure returns (uint256) {
        return count > NEWEST ? count - NEWEST + 1 : 1;
    }
}
