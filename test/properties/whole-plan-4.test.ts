import { wholePlan } from "./properties";

wholePlan();
