class LeftOut < ActiveRecord::Migration[7.1]
end
