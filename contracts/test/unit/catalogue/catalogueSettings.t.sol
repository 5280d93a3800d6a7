// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {CatalogueSettings, ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {CatalogueTest} from "./CatalogueTest.sol";

contract CatalogueSettingsTest is CatalogueTest {
    function test_WhenTheFactoryHasCreatedIt() external view {
        assertEq(catalogue.points(), address(points));
        assertEq(catalogue.noticePeriod(), NOTICE);
        assertEq(catalogue.orderDeadline(), ORDER_DEADLINE);
        assertEq(catalogue.orderCount(), 0);
        assertCounts(0, 0, 0, 0);
    }

    function test_WhenItIsInitialisedAgain() external {
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        catalogue.initialize(valid());
    }

    function test_WhenTheImplementationIsInitialised() external {
        ICatalogue implementation = ICatalogue(programs.implementations().catalogue);
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        implementation.initialize(valid());
    }

    function test_WhenThePointsAreZero() external {
        CatalogueSettings memory settings = valid();
        settings.points = address(0);
        expectInvalid("points", settings);
    }

    function test_WhenTheNoticePeriodIsZero() external {
        CatalogueSettings memory settings = valid();
        settings.noticePeriod = 0;
        expectInvalid("noticePeriod", settings);
    }

    function test_WhenTheDeadlineOfOrdersIsZero() external {
        CatalogueSettings memory settings = valid();
        settings.orderDeadline = 0;
        expectInvalid("orderDeadline", settings);
    }

    function valid() private view returns (CatalogueSettings memory) {
        return
            CatalogueSettings({
                points: address(points),
                noticePeriod: NOTICE,
                orderDeadline: ORDER_DEADLINE
            });
    }

    function expectInvalid(string memory field, CatalogueSettings memory settings) private {
        ICatalogue clone = ICatalogue(Clones.clone(programs.implementations().catalogue));
        vm.expectRevert(abi.encodeWithSelector(ICatalogue.InvalidSetting.selector, field));
        clone.initialize(settings);
    }
}
